import { clientOutbox } from "../outbox/client-outbox.ts";
import { askEngine } from "./ask-engine.ts";

/** The person goes on with the identities that these people have now; what waited in the room for that goes out. */
export async function acceptIdentities(roomId: string, userIds: readonly string[]): Promise<void> {
	await askEngine("acceptIdentities", { userIds: [...userIds] });
	sendWaiting(roomId);
}

/** Tries again what was not sent to somebody of another identity than they had. */
export function sendWaiting(roomId: string): void {
	for (const { roomId: of, state, transactionId } of clientOutbox.items.get()) {
		if (of === roomId && state.kind === "failed" && state.code === "identity-changed")
			clientOutbox.retry(transactionId);
	}
}
