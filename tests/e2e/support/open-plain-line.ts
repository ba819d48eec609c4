import { createServer, type IncomingMessage, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

/** A way to a server that lets no WebSocket through, as some networks' proxies do, until it is told to. */
export interface PlainLine extends AsyncDisposable {
	readonly address: string;
	/** How many sockets were refused. */
	readonly refused: number;
	/** How many streams of events are open. */
	readonly streams: number;
	/** From now on it lets WebSockets through. */
	letSocketsThrough(): void;
}

export async function openPlainLine(server: string): Promise<PlainLine> {
	const { hostname, port } = new URL(server);
	let [refused, streams, blocksSockets] = [0, 0, true];
	const carried = new Set<Duplex>();
	const line = createServer((asked, answer) => {
		const { method, url: path, headers } = asked;
		const sending = request({ hostname, port, method, path, headers }, (answered) => {
			answer.writeHead(answered.statusCode ?? 502, answered.headers);
			answered.pipe(answer);
			if (answered.headers["content-type"] !== "text/event-stream") return;
			streams += 1;
			answered.once("close", () => {
				streams -= 1;
			});
		});
		// Whoever leaves a stream of events open is gone when either side is.
		sending.on("error", () => answer.destroy());
		answer.on("close", () => sending.destroy());
		asked.pipe(sending);
	});
	line.on("upgrade", (asked, browserEnd) => {
		browserEnd.on("error", () => undefined);
		if (blocksSockets) {
			refused += 1;
			browserEnd.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
			return;
		}
		const serverEnd = connect(Number(port), hostname);
		serverEnd.write(headOf(asked));
		for (const [one, other] of [
			[browserEnd, serverEnd],
			[serverEnd, browserEnd],
		] as const) {
			carried.add(one);
			one.on("error", () => other.destroy());
			one.on("close", () => other.destroy());
			one.pipe(other);
		}
	});
	await new Promise<void>((resolve) => line.listen(0, "localhost", resolve));
	return {
		address: `http://localhost:${(line.address() as AddressInfo).port}`,
		get refused() {
			return refused;
		},
		get streams() {
			return streams;
		},
		letSocketsThrough: () => {
			blocksSockets = false;
		},
		[Symbol.asyncDispose]: async () => {
			line.closeAllConnections();
			for (const end of carried) end.destroy();
			await new Promise((resolve) => line.close(resolve));
		},
	};
}

/** The request as it came. */
function headOf({ method, url, rawHeaders }: IncomingMessage): string {
	const pairs = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
	return `${[`${method} ${url} HTTP/1.1`, ...pairs].join("\r\n")}\r\n\r\n`;
}
