import { onSocketOpen } from "../trpc/socket.ts";
import { api } from "../trpc/trpc.ts";
import { Outbox } from "./outbox.ts";
import { indexedOutboxStorage } from "./outbox-storage.ts";

/** The queue of this page. */
export const clientOutbox = new Outbox({
	storage: indexedOutboxStorage(),
	transmit: ({ roomId, transactionId, body, replyTo }) =>
		api.messages.send.mutate({ roomId, transactionId, body, ...(replyTo !== undefined && { replyTo }) }),
	newId: () => newTransactionId(),
	now: () => Date.now(),
	later: (callback, delayMs) => {
		setTimeout(callback, delayMs);
	},
});

/** Tries again whenever the way out may have opened. */
export function watchWayOut(): () => void {
	const flush = () => clientOutbox.flush();
	const flushWhenSeen = () => {
		if (document.visibilityState === "visible") flush();
	};
	const stopSocket = onSocketOpen(flush);
	addEventListener("online", flush);
	document.addEventListener("visibilitychange", flushWhenSeen);
	return () => {
		stopSocket();
		removeEventListener("online", flush);
		document.removeEventListener("visibilitychange", flushWhenSeen);
	};
}

/** Unique per person and room. `randomUUID` is missing where the page came without TLS; `getRandomValues` is not. */
export function newTransactionId(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
