import { encryptionOf } from "../crypto/room-encryption.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { onWayOpen } from "../trpc/way-openings.ts";
import { tellWindows } from "../windows/window-channel.ts";
import { inTurn } from "../windows/window-turns.ts";
import { Outbox } from "./outbox.ts";
import { isMessage } from "./outbox-entry.ts";
import type { OutgoingPicture } from "./outbox-item.ts";
import { indexedOutboxStorage } from "./outbox-storage.ts";
import { newTransactionId } from "./transaction-id.ts";
import { transmit } from "./transmit.ts";

/** The queue of this page. */
export const clientOutbox: Outbox = new Outbox({
	storage: indexedOutboxStorage(accountDatabase, (roomId) => encryptionOf(roomId) !== undefined),
	transmit: (entry) => transmit(entry, clientOutbox.items.get()),
	inTurn: (roomId, work) => inTurn(`kith outbox ${roomId}`, work),
	ended: (entry) => {
		if (isMessage(entry) && entry.picture !== undefined) void endPicture(entry.transactionId, entry.picture);
	},
	announce: (news) => tellWindows({ kind: "outbox", news }),
	newId: () => newTransactionId(),
	now: () => Date.now(),
	later: (callback, delayMs) => {
		setTimeout(callback, delayMs);
	},
});

async function endPicture(transactionId: string, picture: OutgoingPicture): Promise<void> {
	const { forgetPicture } = await import("./transmit-picture.ts");
	await forgetPicture(transactionId, picture);
}

/** Calls back whenever the way to the server may have opened. */
export function watchWayOut(onOpen: () => void): () => void {
	const whenSeen = () => {
		if (document.visibilityState === "visible") onOpen();
	};
	const stopSocket = onWayOpen(onOpen);
	addEventListener("online", onOpen);
	document.addEventListener("visibilitychange", whenSeen);
	return () => {
		stopSocket();
		removeEventListener("online", onOpen);
		document.removeEventListener("visibilitychange", whenSeen);
	};
}
