import { fetchedOrGone } from "../../shared/until-fetched.ts";
import { encryptionOf } from "../crypto/room-encryption.ts";
import { clientStore } from "../store/client-store.ts";
import { api } from "../trpc/trpc.ts";
import type { SentReceipt } from "./outbox.ts";
import { isChange, type OutboxChange, type OutboxEntry } from "./outbox-entry.ts";
import type { OutboxItem } from "./outbox-item.ts";

/** Hands an entry to the server, its words through the cipher. `queue` is all that is on its way, this entry too. */
export function transmit(entry: OutboxEntry, queue: readonly OutboxEntry[]): Promise<SentReceipt> {
	return isChange(entry) ? transmitChange(entry, queue) : transmitMessage(entry);
}

async function transmitMessage({
	roomId,
	transactionId,
	replyTo,
	mentions,
	...item
}: OutboxItem): Promise<SentReceipt> {
	if (item.picture !== undefined) {
		const { transmitPicture } = await fetchedOrGone(() => import("./transmit-picture.ts"));
		return transmitPicture({ roomId, transactionId, replyTo, mentions, body: item.body, picture: item.picture });
	}
	const encryption = encryptionOf(roomId);
	if (encryption !== undefined) {
		const { transmitSealedMessage } = await fetchedOrGone(() => import("./transmit-sealed.ts"));
		return transmitSealedMessage({ roomId, transactionId, encryption }, { ...item, mentions, replyTo });
	}
	return api.messages.send.mutate({
		roomId,
		transactionId,
		body: item.body,
		...(item.isAutomatic === true && { isAutomatic: true as const }),
		...(replyTo !== undefined && { replyTo }),
		...(mentions !== undefined && { mentions: [...mentions] }),
	});
}

async function transmitChange(entry: OutboxChange, queue: readonly OutboxEntry[]): Promise<SentReceipt> {
	const { roomId, transactionId, change } = entry;
	const { targetEventId } = change;
	switch (change.kind) {
		case "edit": {
			const encryption = encryptionOf(roomId);
			if (encryption !== undefined) {
				const { transmitSealedEdit } = await fetchedOrGone(() => import("./transmit-sealed.ts"));
				return transmitSealedEdit({ roomId, transactionId, encryption }, change);
			}
			return api.messages.edit.mutate({ roomId, transactionId, targetEventId, body: change.body });
		}
		case "react":
			return api.messages.react.mutate({ roomId, transactionId, targetEventId, key: change.key });
		case "delete":
			return api.messages.redact.mutate({ roomId, transactionId, targetEventId });
		case "unreact": {
			const reactionId = change.reactionEventId ?? sentReaction(entry, queue) ?? knownReaction(roomId, change);
			// There is nothing to take back: somebody else's window was quicker, or the reaction was refused.
			if (reactionId === undefined) return { eventId: targetEventId, position: "0", originServerTs: entry.createdTs };
			return api.messages.redact.mutate({ roomId, transactionId, targetEventId: reactionId });
		}
	}
}

type Unreact = Extract<OutboxChange["change"], { kind: "unreact" }>;

/** The reaction that this device sent a moment ago, before the stream has brought it back. */
function sentReaction(entry: OutboxChange, queue: readonly OutboxEntry[]): string | undefined {
	const { change } = entry;
	const sent = queue.findLast(
		(one) =>
			isChange(one) &&
			one.roomId === entry.roomId &&
			one.change.kind === "react" &&
			change.kind === "unreact" &&
			one.change.targetEventId === change.targetEventId &&
			one.change.key === change.key &&
			one.state.kind === "stored",
	);
	return sent?.state.kind === "stored" ? sent.state.eventId : undefined;
}

function knownReaction(roomId: string, { targetEventId, key }: Unreact): string | undefined {
	const event = clientStore
		.get()
		.rooms.get(roomId)
		?.timeline.events.find((one) => one.eventId === targetEventId);
	return event?.reactions?.find((reaction) => reaction.key === key)?.ownEventId;
}
