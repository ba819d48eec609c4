import type { WireEvent } from "../../shared/wire/event.ts";
import { newTransactionId } from "../outbox/client-outbox.ts";
import { api } from "../trpc/trpc.ts";

/** Adds the reader's reaction, or takes it back where it is there. */
export async function toggleReaction(roomId: string, event: WireEvent, key: string): Promise<void> {
	const own = event.reactions?.find((reaction) => reaction.key === key)?.ownEventId;
	const transactionId = newTransactionId();
	if (own === undefined) {
		await api.messages.react.mutate({ roomId, transactionId, targetEventId: event.eventId, key });
	} else {
		await api.messages.redact.mutate({ roomId, transactionId, targetEventId: own });
	}
}

export async function deleteMessage(roomId: string, eventId: string): Promise<void> {
	await api.messages.redact.mutate({ roomId, transactionId: newTransactionId(), targetEventId: eventId });
}

export async function editMessage(roomId: string, eventId: string, body: string): Promise<void> {
	await api.messages.edit.mutate({ roomId, transactionId: newTransactionId(), targetEventId: eventId, body });
}
