import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { PeerRequest } from "../../../../federation/ports/peer-transport.ts";
import { nobleVerifier } from "../../../../federation/signing/noble-verifier.ts";
import { serverName } from "../../../../federation/testing/identifiers.ts";
import { verifyRequest } from "../../../../federation/transport/signed-request.ts";
import { askPeer, json, nameOf, query, signer, transportIn } from "../../../../tests/setup/peer-world.ts";
import { startTlsPeer } from "../../../../tests/setup/tls-peer.ts";

describe("requests to other servers", () => {
	it("arrive signed over the target as it is sent and the body", async () => {
		const content = { pdus: [{ é: 1 }], origin: "own.example" };
		const sent: PeerRequest = { method: "PUT", uri: "/_matrix/federation/v1/send/1%2F2", content };
		let verdict: Promise<unknown> = Promise.resolve();
		await using peer = await startTlsPeer({
			host: "peer.example",
			answer: (request, response) => {
				verdict = text(request).then((body) =>
					verifyRequest(
						{ method: request.method ?? "", uri: request.url ?? "", content: JSON.parse(body) as JsonObject },
						{
							header: request.headers.authorization,
							ownName: serverName(request.headers.host ?? ""),
							keys: {
								find: async () => ({
									keys: () => ({ kind: "current", publicKey: signer.publicKey, validUntilTs: 1, receivedTs: 1 }),
									unreachable: new Set(),
								}),
							},
							verifier: nobleVerifier,
							now: 1,
						},
					),
				);
				void verdict.then(() => json({ pdus: {} })(request, response));
			},
		});
		const transport = transportIn({ trusted: [peer.certificate] });
		expect(await transport.request(nameOf(peer), sent)).toEqual({ kind: "answered", content: { pdus: {} } });
		expect(await verdict).toEqual({ kind: "verified", origin: "own.example" });
		expect(peer.requests).toEqual(["PUT /_matrix/federation/v1/send/1%2F2"]);
	});

	it("share a connection, and survive that it was closed meanwhile", async () => {
		await using peer = await startTlsPeer({ host: "peer.example", answer: json({}) });
		const transport = transportIn({ trusted: [peer.certificate] });
		for (let round = 0; round < 3; round += 1) await transport.request(nameOf(peer), query);
		expect(peer.connections()).toBe(1);
		peer.hangUp();
		expect(await transport.request(nameOf(peer), query)).toEqual({ kind: "answered", content: {} });
	});

	it("are told of refusals, and when to come again", async () => {
		const refusal = json({ errcode: "M_LIMIT_EXCEEDED", error: "slow down", retry_after_ms: 1500 }, 429);
		expect(await askPeer(refusal)).toEqual({
			kind: "refused",
			status: 429,
			errcode: "M_LIMIT_EXCEEDED",
			message: "slow down",
			retryAfterMs: 1500,
		});
		const withHeader = json({ errcode: "M_LIMIT_EXCEEDED" }, 429, { "retry-after": "9" });
		expect(await askPeer(withHeader)).toMatchObject({ retryAfterMs: 9000, message: "" });
	});

	it.each<[string, { readonly status: number; readonly body: string }, object]>([
		["a page", { status: 404, body: "<html>" }, { kind: "refused", status: 404, errcode: "M_UNKNOWN", message: "" }],
		["a code that is none", { status: 400, body: '{"errcode":"\\n"}' }, { kind: "refused", errcode: "M_UNKNOWN" }],
		["an endless page", { status: 403, body: "x".repeat(1_000_000) }, { kind: "refused", errcode: "M_UNKNOWN" }],
		["a proxy's page", { status: 502, body: "<html>" }, { kind: "unreachable", reason: "connection" }],
	])("take %s for what it is", async (_, { status, body }, expected) => {
		expect(await askPeer((_request, response) => void response.writeHead(status).end(body))).toMatchObject(expected);
	});

	it("wait for a turn when many are under way to one server, and not for those to others", async () => {
		let running = 0;
		let most = 0;
		const answers: (() => void)[] = [];
		await using slow = await startTlsPeer({
			host: "peer.example",
			answer: (_, response) => {
				running += 1;
				most = Math.max(most, running);
				answers.push(() => {
					running -= 1;
					response.end("{}");
				});
			},
		});
		await using other = await startTlsPeer({ host: "other.example", answer: json({}) });
		const transport = transportIn({ trusted: [slow.certificate, other.certificate] });
		const waiting = Array.from({ length: 30 }, () => transport.request(nameOf(slow), query));
		await expect.poll(() => answers.length).toBe(8);
		expect(await transport.request(serverName(`other.example:${other.port}`), query)).toMatchObject({
			kind: "answered",
		});
		let ended = 0;
		while (ended < 30) {
			await expect.poll(() => answers.length).toBeGreaterThan(0);
			for (const end of answers.splice(0)) {
				end();
				ended += 1;
			}
		}
		expect((await Promise.all(waiting)).every(({ kind }) => kind === "answered")).toBe(true);
		expect(most).toBe(8);
	});

	it("go to the next machine of a server when one is not there", async () => {
		await using peer = await startTlsPeer({ host: "peer.example", answer: json({}) });
		await using gone = await startTlsPeer({ host: "gone.example", answer: json({}) });
		const transport = transportIn({
			trusted: [peer.certificate, gone.certificate],
			endpoints: [
				{ host: "nowhere.example", port: 1 },
				{ host: "wrong.example", port: gone.port },
				{ host: "machine.example", port: peer.port },
			],
			hosts: { "nowhere.example": [] },
		});
		expect(await transport.request(serverName("peer.example"), query)).toMatchObject({ kind: "answered" });
		expect(gone.requests).toEqual([]);
	});

	it("do not go to this server itself", async () => {
		expect(await transportIn({}).request(signer.serverName, query)).toMatchObject({ reason: "blocked" });
	});
});

describe("certificates", () => {
	it("for another name are refused before anything is said", async () => {
		await using peer = await startTlsPeer({ host: "other.example", answer: json({}) });
		const transport = transportIn({ trusted: [peer.certificate] });
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ reason: "certificate" });
		expect(peer.requests).toEqual([]);
	});

	it("that nobody trusted has signed are refused before anything is said", async () => {
		await using peer = await startTlsPeer({ host: "peer.example", answer: json({}) });
		await using other = await startTlsPeer({ host: "peer.example", answer: json({}) });
		const transport = transportIn({ trusted: [other.certificate] });
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ reason: "certificate" });
		expect(peer.requests).toEqual([]);
	});

	it("of a server that is an address must be for the address", async () => {
		await using right = await startTlsPeer({ host: "127.0.0.1", answer: json({}) });
		await using wrong = await startTlsPeer({ host: "localhost", answer: json({}) });
		const transport = transportIn({ trusted: [right.certificate, wrong.certificate] });
		expect(await transport.request(serverName(`127.0.0.1:${right.port}`), query)).toMatchObject({ kind: "answered" });
		expect(await transport.request(serverName(`127.0.0.1:${wrong.port}`), query)).toMatchObject({
			reason: "certificate",
		});
	});
});

describe("addresses", () => {
	it("that are private are not connected to, by name or as a literal", async () => {
		await using peer = await startTlsPeer({ host: "127.0.0.1", answer: json({}) });
		const closed = transportIn({ trusted: [peer.certificate], openNetworks: [] });
		for (const host of ["peer.example", "127.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "[::ffff:7f00:1]"]) {
			const name = `${host}:${peer.port}`;
			expect(await closed.request(serverName(name), query)).toMatchObject({ reason: "addressRefused" });
		}
		expect(peer.connections()).toBe(0);
	});

	it("are asked for once for a connection, which goes to what was checked", async () => {
		await using peer = await startTlsPeer({ host: "peer.example", answer: json({}) });
		await using secret = await startTlsPeer({
			host: "peer.example",
			answer: json({}),
			address: "127.0.0.2",
			port: peer.port,
		});
		let questions = 0;
		const transport = transportIn({
			trusted: [peer.certificate, secret.certificate],
			openNetworks: ["127.0.0.1/32"],
			findAddresses: async () => {
				questions += 1;
				return questions === 1 ? ["127.0.0.1"] : ["127.0.0.2"];
			},
		});
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ kind: "answered" });
		expect(questions).toBe(1);
		peer.hangUp();
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ reason: "addressRefused" });
		expect([peer.connections(), secret.connections()]).toEqual([1, 0]);
	});

	it("that are private are left out where a name has others too", async () => {
		await using peer = await startTlsPeer({ host: "peer.example", answer: json({}) });
		const transport = transportIn({
			trusted: [peer.certificate],
			openNetworks: ["127.0.0.1/32"],
			findAddresses: async () => ["::1", "10.0.0.1", "127.0.0.1"],
		});
		expect(await transport.request(nameOf(peer), query)).toMatchObject({ kind: "answered" });
	});

	it("that do not exist, and ports where nobody listens, are told apart", async () => {
		const peer = await startTlsPeer({ host: "peer.example", answer: json({}) });
		await peer[Symbol.asyncDispose]();
		expect(await transportIn({ findAddresses: async () => [] }).request(nameOf(peer), query)).toMatchObject({
			reason: "name",
		});
		expect(await transportIn({}).request(nameOf(peer), query)).toMatchObject({ reason: "connection" });
	});
});
