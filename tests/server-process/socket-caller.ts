import { type RawData, WebSocket } from "ws";
import type { ApiCaller } from "./api-caller.ts";
import { apiErrorOf, ConnectionLost, type WireFailure } from "./api-error.ts";

/** One device's socket. Calls over it fail with `ConnectionLost` once it has closed. */
export interface SocketCaller extends ApiCaller {
	/** Starts the sync subscription; `onItem` is given each frame as text, so that counting a thousand stays cheap. */
	subscribe(input: unknown, onItem: (frame: string) => void): void;
	readonly isOpen: boolean;
	/** Told of each socket that ends, by itself or by `close`. */
	readonly closed: Promise<void>;
}

export interface SocketCallerOptions {
	/** From which of this machine's own addresses; the server limits how many sockets one address has. */
	readonly localAddress?: string;
	/** What vouches for a server with TLS, in PEM. */
	readonly ca?: string;
}

interface Frame {
	readonly id: number | null;
	readonly result?: { readonly data?: unknown };
	readonly error?: WireFailure;
}

interface Waiting {
	readonly path: string;
	resolve(data: unknown): void;
	reject(error: Error): void;
}

const subscriptionId = 0;
const subscriptionStart = `{"id":${subscriptionId},`;

/**
 * Opens a socket to the server's API in the protocol of its WebSocket transport.
 */
export async function openSocketCaller(
	origin: string,
	cookie: string,
	options: SocketCallerOptions = {},
): Promise<SocketCaller> {
	const socket = new WebSocket(`${origin.replace(/^http/, "ws")}/api/trpc`, {
		headers: { origin, cookie },
		...options,
	});
	const waiting = new Map<number, Waiting>();
	let onItem: (frame: string) => void = () => undefined;
	let lastId = subscriptionId;
	const closed = new Promise<void>((resolve) => {
		socket.once("close", () => {
			for (const { path, reject } of waiting.values()) reject(new ConnectionLost(path));
			waiting.clear();
			resolve();
		});
	});
	socket.on("message", (data: RawData) => {
		const text = String(data);
		// The server asks now and then whether anybody is there.
		if (text === "PING") socket.send("PONG");
		else if (text.startsWith(subscriptionStart)) onItem(text);
		else settle(waiting, JSON.parse(text));
	});
	await new Promise<void>((resolve, reject) => {
		socket.once("open", resolve);
		socket.on("error", () => reject(new ConnectionLost("open")));
	});
	const call = (method: "query" | "mutation", path: string, input: unknown): Promise<unknown> =>
		new Promise((resolve, reject) => {
			if (socket.readyState !== WebSocket.OPEN) {
				reject(new ConnectionLost(path));
				return;
			}
			lastId += 1;
			waiting.set(lastId, { path, resolve, reject });
			socket.send(JSON.stringify({ id: lastId, method, params: { path, input } }));
		});
	return {
		query: (path, input) => call("query", path, input),
		mutate: (path, input) => call("mutation", path, input),
		subscribe: (input, listener) => {
			onItem = listener;
			socket.send(
				JSON.stringify({ id: subscriptionId, method: "subscription", params: { path: "sync.subscribe", input } }),
			);
		},
		get isOpen() {
			return socket.readyState === WebSocket.OPEN;
		},
		closed,
		close: () => socket.terminate(),
	};
}

function settle(waiting: Map<number, Waiting>, frame: Frame): void {
	const call = frame.id === null ? undefined : waiting.get(frame.id);
	if (frame.id === null || call === undefined) return;
	waiting.delete(frame.id);
	if (frame.error === undefined) call.resolve(frame.result?.data);
	else call.reject(apiErrorOf(call.path, frame.error));
}
