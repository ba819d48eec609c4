/** Unique per person and room. `randomUUID` is missing where the page came without TLS; `getRandomValues` is not. */
export function newTransactionId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
