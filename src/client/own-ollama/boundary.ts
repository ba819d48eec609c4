/**
 * The marks around data of a chat: nobody who writes there can guess them, and they are the same for one device and chat, so
 * that what a model remembers of a beginning stays true.
 */
export async function boundaryIn(secret: string, roomId: string): Promise<string> {
	const bytes = new TextEncoder();
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
	const mac = await crypto.subtle.sign("HMAC", key, bytes.encode(`boundary\n${roomId}`));
	return [...new Uint8Array(mac).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
