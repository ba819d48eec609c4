/** What a device is called in the list of devices, from what the browser says of itself. */
export function deviceName(userAgent: string): string {
	const browser = [
		["Edg/", "Edge"],
		["Firefox/", "Firefox"],
		["Chrome/", "Chrome"],
		["Safari/", "Safari"],
	].find(([mark]) => userAgent.includes(mark ?? ""))?.[1];
	const system = [
		["Android", "Android"],
		["iPhone", "iPhone"],
		["iPad", "iPad"],
		["Windows", "Windows"],
		["Mac OS", "Mac"],
		["Linux", "Linux"],
	].find(([mark]) => userAgent.includes(mark ?? ""))?.[1];
	return [browser ?? "Browser", system].filter(Boolean).join(", ");
}
