import { connect, createServer, type Server, type Socket } from "node:net";

/** A way to a server that breaks when it is told to, somewhere in the middle of what it carries. */
export interface CuttingProxy extends AsyncDisposable {
	/** `http://127.0.0.1:PORT` */
	readonly origin: string;
	/** Breaks every connection after so many more bytes from the server, whichever carries them. */
	cutAfter(sizeBytes: number): void;
	/** How often that has happened. */
	readonly cutCount: number;
	/** New connections lead here from now on. */
	leadTo(port: number): void;
	/** While it does, no WebSocket opens: the request for one is hung up on. */
	blocksSockets: boolean;
}

interface Pair {
	readonly client: Socket;
	readonly server: Socket;
}

const isUpgrade = (bytes: Buffer): boolean => /\r\nupgrade: *websocket/i.test(bytes.toString("latin1"));

export async function startCuttingProxy(firstPort: number): Promise<CuttingProxy> {
	const pairs = new Set<Pair>();
	let [port, cutCount, blocksSockets] = [firstPort, 0, false];
	let left: number | undefined;
	const end = (pair: Pair): void => {
		pairs.delete(pair);
		pair.client.destroy();
		pair.server.destroy();
	};
	const carry = (pair: Pair, bytes: Buffer): void => {
		if (left === undefined || bytes.length < left) {
			if (left !== undefined) left -= bytes.length;
			pair.client.write(bytes);
			return;
		}
		pair.client.write(bytes.subarray(0, left), () => {
			for (const each of pairs) end(each);
		});
		left = undefined;
		cutCount += 1;
	};
	const server = createServer((client) => {
		const pair: Pair = { client, server: connect(port, "127.0.0.1") };
		pairs.add(pair);
		client.on("data", (bytes) => (blocksSockets && isUpgrade(bytes) ? end(pair) : pair.server.write(bytes)));
		pair.server.on("data", (bytes) => carry(pair, bytes));
		for (const side of [client, pair.server]) {
			side.on("error", () => end(pair));
			side.on("close", () => end(pair));
		}
	});
	const origin = await listenOn(server);
	return {
		origin,
		cutAfter: (sizeBytes) => {
			left = sizeBytes;
		},
		get cutCount() {
			return cutCount;
		},
		leadTo: (next) => {
			port = next;
		},
		get blocksSockets() {
			return blocksSockets;
		},
		set blocksSockets(blocks) {
			blocksSockets = blocks;
		},
		[Symbol.asyncDispose]: async () => {
			for (const pair of pairs) end(pair);
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

const listenOn = (server: Server): Promise<string> =>
	new Promise((resolve) => {
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			resolve(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`);
		});
	});
