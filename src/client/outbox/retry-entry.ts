import { clientOutbox } from "./client-outbox.ts";

/** Sends a failed entry again. Whoever was told of a new identity and does so goes on with it. */
export async function retryEntry(transactionId: string): Promise<void> {
	const entry = clientOutbox.items.get().find((one) => one.transactionId === transactionId);
	if (entry?.state.kind === "failed" && entry.state.code === "identity-changed") {
		const { acceptIdentities } = await import("../crypto/accept-identities.ts");
		await acceptIdentities(entry.roomId);
	}
	clientOutbox.retry(transactionId);
}
