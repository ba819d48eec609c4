import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { type WebSocket, WebSocketServer } from "ws";
import { AppError } from "../../shared/app-error.ts";
import { isAmong } from "../accounts/public.ts";
import { appRouter } from "../trpc/app-router.ts";
import type { ConnectionCounts } from "../trpc/connections/connection-counts.ts";
import { createSocketContext, mayOpenSocket, type SocketContext } from "../trpc/context.ts";
import { toTrpcError } from "../trpc/error-format.ts";
import { logCallError } from "../trpc/log-call-error.ts";
import type { TransportHost } from "../trpc/transport-host.ts";
import { explainTooLarge } from "./explain-too-large.ts";
import { limitMessages } from "./limit-messages.ts";
import { refuseTooMany } from "./refusals.ts";
import { createSocketConnection, limitWaiting } from "./slow-sockets.ts";

/** The sockets of this process. */
export interface Realtime {
	/** True when the request was for the socket's path; then it is answered. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/** Tells every client to come back later, then closes what is left after `graceMs`. */
	close(graceMs: number): Promise<void>;
	readonly socketCount: number;
	/** What waits in this process for sockets to take it. */
	readonly waitingBytes: number;
	/** Sockets that were closed because they asked and did not read. */
	readonly slowSocketsClosed: number;
}

const socketPath = "/api/trpc";
const closeGraceMs = 300;
/** RFC 6455 section 7.4.2, for private use. */
const sessionEnded = 4401;
/** As large as one call over HTTP may be. */
const maxMessageBytes = 1_000_000;
const retryAfterMs = 30_000;

/**
 * The API over WebSocket: queries, mutations and the sync subscription on one socket. A page of another site is refused
 * before the socket opens, because browsers send cookies with its requests too.
 */
export const createRealtime = (host: TransportHost): Realtime => {
	const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
	const contexts = new WeakMap<WebSocket, SocketContext>();
	const pipes = new WeakMap<WebSocket, Duplex>();
	let slowSocketsClosed = 0;
	const handler = applyWSSHandler({
		wss: sockets,
		router: appRouter,
		createContext: async ({ req, res }) => {
			const context = createSocketContext(host, req, createSocketConnection(pipes.get(res) ?? req.socket));
			contexts.set(res, context);
			await countForAccount(host.connections, res, context);
			return context;
		},
		onError: ({ error, ctx }) => logCallError(host.log, { error, ctx }),
		keepAlive: { enabled: true, pingMs: 30_000, pongWaitMs: 10_000 },
	});
	sockets.on("connection", (socket: WebSocket) => {
		// A malformed frame closes the socket with the code that says so; nothing else to do.
		socket.on("error", () => undefined);
	});
	const stopListening = host.accounts.onSessionsEnded((ended) => {
		for (const socket of sockets.clients) {
			const viewer = contexts.get(socket)?.knownViewer();
			if (viewer !== undefined && isAmong(ended, viewer)) closeSoon(socket);
		}
	});
	return {
		handleUpgrade: (request, socket, head) => {
			if (pathOf(request) !== socketPath) return false;
			if (!mayOpenSocket(host, request)) {
				refuse(socket, "403 Forbidden");
				return true;
			}
			const leave = host.connections.enterFrom(request);
			if (leave === undefined) {
				refuseTooMany(socket, retryAfterMs);
				return true;
			}
			socket.once("close", leave);
			sockets.handleUpgrade(request, socket, head, (opened) => {
				pipes.set(opened, socket);
				explainTooLarge(opened);
				limitMessages(opened);
				limitWaiting(opened, socket, () => {
					slowSocketsClosed += 1;
				});
				sockets.emit("connection", opened, request);
			});
			return true;
		},
		close: async (graceMs) => {
			handler.broadcastReconnectNotification();
			await new Promise((resolve) => setTimeout(resolve, graceMs));
			stopListening();
			for (const socket of sockets.clients) socket.terminate();
			sockets.close();
		},
		get socketCount() {
			return sockets.clients.size;
		},
		get waitingBytes() {
			return [...sockets.clients].reduce((sum, socket) => sum + socket.bufferedAmount, 0);
		},
		get slowSocketsClosed() {
			return slowSocketsClosed;
		},
	};
};

/** Serves the sockets of an HTTP server; upgrades for other paths go to `otherwise`. */
export const attachWebSocket = (
	server: Server,
	realtime: Realtime,
	otherwise: (request: IncomingMessage, socket: Duplex, head: Buffer) => void = (_request, socket) =>
		refuse(socket, "404 Not Found"),
): void => {
	server.on("upgrade", (request, socket, head) => {
		socket.on("error", () => undefined);
		if (!realtime.handleUpgrade(request, socket, head)) otherwise(request, socket, head);
	});
};

/** Throws AppError `too-many-requests`, which is told over the socket before it closes. */
const countForAccount = async (counts: ConnectionCounts, socket: WebSocket, context: SocketContext): Promise<void> => {
	// Who it is will be asked again at the first call, which says so when the database does not answer.
	const viewer = await context.findViewer().catch(() => undefined);
	if (viewer === undefined || socket.readyState !== socket.OPEN) return;
	const leave = counts.enterOf(viewer.userId);
	if (leave === undefined) throw toTrpcError(new AppError("too-many-requests", { retryAfterMs }));
	socket.once("close", leave);
};

/** From now on its calls are refused; what is on its way, such as the answer to "sign out", still arrives. */
const closeSoon = (socket: WebSocket): void => {
	setTimeout(() => {
		socket.close(sessionEnded, "not-signed-in");
		setTimeout(() => socket.terminate(), closeGraceMs).unref();
	}, closeGraceMs).unref();
};

const pathOf = (request: IncomingMessage): string => (request.url ?? "").split("?", 1)[0] ?? "";

const refuse = (socket: Duplex, status: string): void => {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};
