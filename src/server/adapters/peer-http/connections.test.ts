import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { serverName } from "../../../../federation/testing/identifiers.ts";
import { query, transportIn } from "../../../../tests/setup/peer-world.ts";
import { startTlsPeer } from "../../../../tests/setup/tls-peer.ts";

const connectMs = 300;

describe("a connection", () => {
	it("that is taken and never gets to TLS ends in its own time", async () => {
		const silent = createServer((socket) => socket.on("error", () => undefined));
		silent.listen(0, "127.0.0.1");
		await once(silent, "listening");
		const { port } = silent.address() as AddressInfo;
		try {
			expect(await transportIn({ connectMs }).request(serverName(`peer.example:${port}`), query)).toEqual({
				kind: "unreachable",
				reason: "timeout",
				detail: "no connection in time",
			});
		} finally {
			silent.close();
		}
	});

	it("may be waited for longer where a machine serves many names, and answers may take longer too", async () => {
		let underWay = 0;
		let most = 0;
		await using peer = await startTlsPeer({
			host: "peer.example",
			answer: (_, response) => {
				underWay += 1;
				most = Math.max(most, underWay);
				void delay(2 * connectMs).then(() => {
					underWay -= 1;
					response.end("{}");
				});
			},
		});
		const transport = transportIn({
			connectMs,
			trusted: [peer.certificate],
			endpoints: [{ host: "machine.example", port: peer.port }],
			certificateName: "peer.example",
		});
		const names = Array.from({ length: 40 }, (_, index) => serverName(`s${index}.example`));
		const answers = await Promise.all(names.map((name) => transport.request(name, query)));
		expect(answers.filter(({ kind }) => kind !== "answered")).toEqual([]);
		expect(most).toBe(32);
	});
});
