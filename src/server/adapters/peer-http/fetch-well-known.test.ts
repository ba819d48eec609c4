import { afterEach, describe, expect, it } from "vitest";
import type { WellKnownReading } from "../../../../federation/ports/name-resolver.ts";
import { startTlsPeer, type TlsPeer, type TlsPeerAnswer } from "../../../../tests/setup/tls-peer.ts";
import { createAddressPolicy } from "../dns/address-policy.ts";
import { createWellKnownSource } from "./fetch-well-known.ts";
import { createHttpsClient, type HttpsClient } from "./https-client.ts";

const path = "GET /.well-known/matrix/server";
const file = '{"m.server":"m.example:443"}';

const clients: HttpsClient[] = [];
afterEach(() => {
	for (const client of clients.splice(0)) client.close();
});

/** Reads `peer.example`'s file from the first peer, whose port stands for 443. */
const readFrom = (peer: TlsPeer, ...others: readonly TlsPeer[]): Promise<WellKnownReading> => {
	const client = createHttpsClient({
		addresses: { find: async () => ["127.0.0.1"] },
		mayReach: createAddressPolicy(["127.0.0.1/32"]),
		trusted: [peer, ...others].map(({ certificate }) => certificate),
	});
	clients.push(client);
	const onPort = (port: number): number => (port === 443 ? peer.port : port);
	const source = createWellKnownSource(
		{
			...client,
			exchange: (exchange) => {
				const { host, port } = exchange.endpoint;
				return client.exchange({ ...exchange, endpoint: { host, port: onPort(port) } });
			},
		},
		"Kith",
	);
	return source.read("peer.example");
};

const readAnswer = async (
	answer: TlsPeerAnswer,
): Promise<{ reading: WellKnownReading; requests: readonly string[] }> => {
	await using peer = await startTlsPeer({ host: "peer.example", answer });
	return { reading: await readFrom(peer), requests: peer.requests };
};

const to =
	(location: string): TlsPeerAnswer =>
	(_, response) =>
		void response.writeHead(302, { location }).end();

describe("well-known files", () => {
	it("are read with what their headers say of caching", async () => {
		const { reading, requests } = await readAnswer(
			(_, response) => void response.writeHead(200, { "cache-control": "max-age=60", age: "7" }).end(file),
		);
		expect(reading).toEqual({
			kind: "answered",
			body: Buffer.from(file),
			caching: { cacheControl: "max-age=60", ageSeconds: 7, expiresTs: undefined },
		});
		expect(requests).toEqual([path]);
	});

	it("are read behind redirects, on another host and port too", async () => {
		await using other = await startTlsPeer({ host: "other.example", answer: (_, response) => void response.end(file) });
		await using peer = await startTlsPeer({
			host: "peer.example",
			answer: (request, response) =>
				request.url === "/next"
					? to(`https://other.example:${other.port}/file?a=b`)(request, response)
					: to("/next")(request, response),
		});
		expect(await readFrom(peer, other)).toMatchObject({ kind: "answered" });
		expect([peer.requests, other.requests]).toEqual([[path, "GET /next"], ["GET /file?a=b"]]);
	});

	it.each([
		["an address of this machine", "https://127.0.0.2/secret"],
		["an address of this machine, written as a number", "https://2130706434/secret"],
		["a private network", "https://10.0.0.1/secret"],
		["a mapped address", "https://[::ffff:127.0.0.2]/secret"],
		["the cloud's own service", "https://169.254.169.254/latest"],
	])("are not read from %s", async (_, location) => {
		const { reading, requests } = await readAnswer(to(location));
		expect(reading).toEqual({ kind: "failed" });
		expect(requests).toEqual([path]);
	});

	it.each([
		["without TLS", "http://peer.example/next"],
		["with a password", "https://a:b@peer.example/next"],
		["of another kind", "file:///etc/passwd"],
		["that is none", "https://:x/"],
	])("are not read from an address %s", async (_, location) => {
		const { reading, requests } = await readAnswer(to(location));
		expect(reading).toEqual({ kind: "absent" });
		expect(requests).toEqual([path]);
	});

	it("are not looked for in a circle, or without end", async () => {
		const circle = await readAnswer(to("/.well-known/matrix/server"));
		expect(circle.reading).toEqual({ kind: "absent" });
		expect(circle.requests).toHaveLength(1);
		let step = 0;
		const endless = await readAnswer((request, response) => {
			step += 1;
			to(`/${step}`)(request, response);
		});
		expect(endless.reading).toEqual({ kind: "absent" });
		expect(endless.requests).toHaveLength(6);
	});

	it.each<[string, TlsPeerAnswer, WellKnownReading["kind"]]>([
		["absent when there is none", (_, response) => void response.writeHead(404).end(), "absent"],
		["failed when the server fails", (_, response) => void response.writeHead(503).end(), "failed"],
		[
			"absent when it announces a gigabyte",
			(_, response) => void response.writeHead(200, { "content-length": "1000000000" }).write("{"),
			"absent",
		],
		[
			"absent when it does not end",
			(_, response) => {
				const pour = (): void => {
					while (!response.destroyed && response.write(Buffer.alloc(65_536, " ")));
				};
				response.on("drain", pour);
				pour();
			},
			"absent",
		],
		["failed when the line breaks", ({ socket }) => void socket.destroy(), "failed"],
		[
			"failed when it is compressed",
			(_, response) => void response.writeHead(200, { "content-encoding": "br" }).end("x"),
			"failed",
		],
	])("are %s", async (_, answer, kind) => {
		expect((await readAnswer(answer)).reading).toEqual({ kind });
	});

	it("are not read from a server whose certificate is another's", async () => {
		await using peer = await startTlsPeer({ host: "other.example", answer: (_, response) => void response.end(file) });
		expect(await readFrom(peer)).toEqual({ kind: "failed" });
		expect(peer.requests).toEqual([]);
	});
});
