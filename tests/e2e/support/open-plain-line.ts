import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** A way to a server that lets no WebSocket through, as some networks' proxies do. */
export interface PlainLine extends AsyncDisposable {
	readonly address: string;
	/** How many sockets were refused. */
	readonly refused: number;
}

export async function openPlainLine(server: string): Promise<PlainLine> {
	const { hostname, port } = new URL(server);
	let refused = 0;
	const line = createServer((asked, answer) => {
		const { method, url: path, headers } = asked;
		const sending = request({ hostname, port, method, path, headers }, (answered) => {
			answer.writeHead(answered.statusCode ?? 502, answered.headers);
			answered.pipe(answer);
		});
		// Whoever leaves a stream of events open is gone when either side is.
		sending.on("error", () => answer.destroy());
		answer.on("close", () => sending.destroy());
		asked.pipe(sending);
	});
	line.on("upgrade", (_asked, browserEnd) => {
		browserEnd.on("error", () => undefined);
		refused += 1;
		browserEnd.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
	});
	await new Promise<void>((resolve) => line.listen(0, "localhost", resolve));
	return {
		address: `http://localhost:${(line.address() as AddressInfo).port}`,
		get refused() {
			return refused;
		},
		[Symbol.asyncDispose]: async () => {
			line.closeAllConnections();
			await new Promise((resolve) => line.close(resolve));
		},
	};
}
