import type { WireEvent } from "../../shared/wire/event.ts";
import { clientOutbox } from "../outbox/client-outbox.ts";
import { isChange, type MessageChange } from "../outbox/outbox-entry.ts";
import { clientStore } from "../store/client-store.ts";
import { pictureContentOf, textField } from "../store/event-content.ts";

/** Adds the reader's reaction, or takes it back where it is there. `event` is what the person sees. */
export function toggleReaction(roomId: string, event: WireEvent, key: string): void {
	const targetEventId = event.eventId;
	const own = event.reactions?.find((reaction) => reaction.key === key)?.ownEventId;
	// A reaction that has not gone out has no event yet; it is looked up once it has.
	const isOnItsWay = clientOutbox.items.get().some((entry) => `$${entry.transactionId}` === own);
	const known = isOnItsWay || own === undefined ? {} : { reactionEventId: own };
	change(roomId, { kind: own === undefined ? "react" : "unreact", targetEventId, key, ...known });
}

export function deleteMessage(roomId: string, eventId: string): void {
	change(roomId, { kind: "delete", targetEventId: eventId });
}

/** Changes the words of a message; no words of a picture leave it without a caption. */
export function editMessage(roomId: string, event: WireEvent, body: string): void {
	const picture = pictureContentOf(event);
	const words = picture === undefined || body !== "" ? body : (textField(picture, "filename") ?? "");
	change(roomId, { kind: "edit", targetEventId: event.eventId, body: words, ...(picture && { picture }) });
}

/** Forgets a change that the server refused: the person has read why. */
export function dismissChange(transactionId: string): void {
	const entry = clientOutbox.items.get().find((one) => one.transactionId === transactionId);
	if (entry !== undefined && isChange(entry)) clientOutbox.remove(transactionId);
}

function change(roomId: string, wanted: MessageChange): void {
	const userId = clientStore.get().me?.userId;
	if (userId !== undefined) clientOutbox.add({ userId, roomId, change: wanted });
}
