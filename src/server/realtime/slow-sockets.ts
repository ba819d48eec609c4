import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { AppError } from "../../shared/app-error.ts";
import type { CallConnection } from "../trpc/call-context.ts";

/** What may wait in this process for one socket to take it; beyond, the socket is closed. */
const maxWaitingBytes = 8_000_000;
/** A client has one; a page that starts over may have left some behind. */
const maxSubscriptions = 8;
const retryAfterMs = 5_000;

/** What calls over a socket may know of it: how far behind its reader is, and how much it follows. */
export const createSocketConnection = (pipe: Duplex): CallConnection => {
	let subscriptions = 0;
	return {
		whenWritable: () => drained(pipe),
		beginSubscription: () => {
			if (subscriptions >= maxSubscriptions) throw new AppError("too-many-requests", { retryAfterMs });
			subscriptions += 1;
			return () => {
				subscriptions -= 1;
			};
		},
	};
};

/**
 * Ends a socket that asks and does not read. Answers to its calls would wait here without an end; a subscription alone
 * never gets so far, because it waits for the socket.
 */
export const limitWaiting = (socket: WebSocket, pipe: Duplex, onClosed: () => void): void => {
	const send = socket.send.bind(socket) as (...args: unknown[]) => void;
	socket.send = (...args: unknown[]): void => {
		if (pipe.writableLength <= maxWaitingBytes) send(...args);
		else if (socket.readyState === socket.OPEN) {
			onClosed();
			socket.terminate();
		}
	};
};

const drained = (pipe: Duplex): Promise<void> =>
	new Promise((resolve) => {
		if (!pipe.writableNeedDrain || pipe.destroyed) {
			resolve();
			return;
		}
		const settle = (): void => {
			pipe.off("drain", settle);
			pipe.off("close", settle);
			resolve();
		};
		pipe.once("drain", settle);
		pipe.once("close", settle);
	});
