import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { openServerDatabase } from "../../server-process/server-database.ts";
import type { ServerTls } from "../../server-process/start-server-process.ts";
import { inParallel, range } from "../statistics.ts";

/** Servers that take every transaction and do nothing else, over TLS, each with a port and so a name of its own. */
export interface SimulatedDestinations extends AsyncDisposable {
	readonly names: readonly string[];
	/** Is given what arrives, as it arrives. */
	onTransaction: (body: string, name: string) => void;
}

export interface DestinationOptions {
	readonly tls: ServerTls;
	/** So long an answer takes. */
	readonly answerMs?: number;
	/** They take connections and never say a word. */
	readonly isDead?: boolean;
}

const opened = 50;

export const startDestinations = async (count: number, options: DestinationOptions): Promise<SimulatedDestinations> => {
	const [cert, key] = await Promise.all([readFile(options.tls.certFile), readFile(options.tls.keyFile)]);
	const sockets = new Set<Socket>();
	const self: { onTransaction: SimulatedDestinations["onTransaction"] } = { onTransaction: () => undefined };
	const servers = await inParallel(range(count), opened, async () => {
		const server: Server =
			options.isDead === true
				? createServer()
				: createSecureServer({ cert, key }, (request, response) => {
						take(request, response).catch(() => response.destroy());
					});
		server.on("connection", (socket: Socket) => {
			sockets.add(socket);
			socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
		});
		server.listen(0, "localhost");
		await once(server, "listening");
		return { server, name: `localhost:${(server.address() as AddressInfo).port}` };
	});
	const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const body = await text(request);
		if (request.url?.includes("/send/") === true) self.onTransaction(body, `localhost:${request.socket.localPort}`);
		await delay(options.answerMs ?? 0);
		response.writeHead(200, { "Content-Type": "application/json" }).end('{"pdus":{}}');
	};
	return Object.assign(self, {
		names: servers.map(({ name }) => name),
		[Symbol.asyncDispose]: async () => {
			for (const socket of sockets) socket.destroy();
			await Promise.all(servers.map(({ server }) => new Promise((resolve) => void server.close(resolve))));
		},
	});
};

/**
 * Puts somebody of each server into the room, without their servers' doing: what is sent to whom is read off these rows.
 * A process that has the room in memory does not see them.
 */
export const addMembers = async (dataFolder: string, roomId: string, names: readonly string[]): Promise<void> => {
	await using client = await openServerDatabase(dataFolder);
	await client.query(
		`INSERT INTO memberships (room_nid, user_id, membership, sender, event_nid, is_local)
		SELECT r.nid, u.id, 'join', u.id, 0, false FROM rooms r CROSS JOIN unnest($2::text[]) AS u(id) WHERE r.id = $1`,
		[roomId, names.map((name) => `@member:${name}`)],
	);
};
