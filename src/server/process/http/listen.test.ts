import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { createLogger } from "../logger.ts";
import { listen } from "./listen.ts";
import { createMetrics, serveMetrics } from "./metrics.ts";

async function takePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => void server.close());
	return (server.address() as AddressInfo).port;
}

describe("listen", () => {
	it("says in one line that the port is taken", async () => {
		const port = await takePort();
		await expect(listen(createServer(), { host: "127.0.0.1", port })).rejects.toMatchObject({
			code: "port-taken",
			message: `KITH_PORT: another program listens on port ${port} — example: KITH_PORT=${port + 1}`,
		});
	});

	it("says in one line that the address is not this machine's", async () => {
		await expect(listen(createServer(), { host: "192.0.2.1", port: 3000 })).rejects.toMatchObject({
			message: "KITH_HOST: 192.0.2.1 is no address of this machine — example: KITH_HOST=0.0.0.0",
		});
	});
});

describe("serveMetrics", () => {
	it("does without metrics when the port is taken", async () => {
		const lines: string[] = [];
		const log = createLogger({ logLevel: "info" }, { write: (line: string) => void lines.push(line) });
		const port = await takePort();
		expect(await serveMetrics(port, createMetrics().registry, log)).toBeUndefined();
		expect(lines.join()).toContain("KITH_METRICS_PORT");
	});
});
