/** Whether somebody is signed in on this device. A question, so that "no" is an answer and not a refusal. */
export async function hasSession(): Promise<boolean> {
	const response = await fetch("/api/auth/session");
	const session: unknown = await response.json();
	return typeof session === "object" && session !== null && "user" in session;
}
