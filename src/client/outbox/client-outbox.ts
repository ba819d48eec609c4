import { encryptionOf } from "../crypto/room-encryption.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { onWayOpen } from "../trpc/way-openings.ts";
import { tellWindows } from "../windows/window-channel.ts";
import { inTurn } from "../windows/window-turns.ts";
import { Outbox } from "./outbox.ts";
import { indexedOutboxStorage } from "./outbox-storage.ts";
import { newTransactionId } from "./transaction-id.ts";
import { transmit } from "./transmit.ts";

/** The queue of this page. */
export const clientOutbox: Outbox = new Outbox({
	storage: indexedOutboxStorage(accountDatabase, (roomId) => encryptionOf(roomId) !== undefined),
	transmit: (entry) => transmit(entry, clientOutbox.items.get()),
	inTurn: (roomId, work) => inTurn(`kith outbox ${roomId}`, work),
	announce: (news) => tellWindows({ kind: "outbox", news }),
	newId: () => newTransactionId(),
	now: () => Date.now(),
	later: (callback, delayMs) => {
		setTimeout(callback, delayMs);
	},
});

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
