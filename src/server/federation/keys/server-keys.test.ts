import { beforeEach, describe, expect, it } from "vitest";
import { readKeyDocument } from "../../../../federation/handshakes/key-document.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { longestKeyTrustMs } from "../../../../federation/signing/key-validity.ts";
import { nobleVerifier } from "../../../../federation/signing/noble-verifier.ts";
import { signJson } from "../../../../federation/signing/sign-json.ts";
import { serverName } from "../../../../federation/testing/identifiers.ts";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { documentOf, makeKeyWorld, oldTs, own, retired } from "../../../../tests/setup/key-world.ts";

const hourMs = 3_600_000;
const startTs = 1_700_000_000_000;
const one = serverName("one.example");
const notary = testSigner("notary.example");
const first = testSigner("one.example", "first");
const second = testSigner("one.example", "second");

describe("other servers' keys", () => {
	let world = makeKeyWorld(startTs);

	beforeEach(() => {
		world = makeKeyWorld(startTs);
	});

	it("are asked for once, and then known, to other processes too", async () => {
		world.answering(one, documentOf(first, world.now() + hourMs));
		const keys = world.makeKeys();
		const expected = {
			kind: "current",
			publicKey: first.publicKey,
			validUntilTs: world.now() + hourMs,
			receivedTs: world.now(),
		};
		expect(await world.findOne(keys, first)).toEqual({ key: expected, isUnreachable: false });
		expect(await world.findOne(keys, first)).toEqual({ key: expected, isUnreachable: false });
		expect(await world.findOne(world.makeKeys(), first)).toEqual({ key: expected, isUnreachable: false });
		expect(world.requests).toEqual(["one.example /_matrix/key/v2/server"]);
	});

	it("are asked for by one request, however many want them", async () => {
		world.answering(one, documentOf(first, world.now() + hourMs));
		const keys = world.makeKeys();
		const found = await Promise.all(Array.from({ length: 20 }, () => world.findOne(keys, first)));
		expect(found.every(({ key }) => key !== undefined)).toBe(true);
		expect(world.requests).toHaveLength(1);
	});

	it("are asked for again when their validity has ended, and are then old or new ones", async () => {
		world.answering(one, documentOf(first, world.now() + hourMs));
		const keys = world.makeKeys();
		await world.findOne(keys, first);
		world.pass(2 * hourMs);
		world.answering(one, documentOf(second, world.now() + hourMs, [first]));
		expect((await world.findOne(keys, second)).key).toMatchObject({ kind: "current" });
		expect((await world.findOne(keys, first)).key).toMatchObject({ kind: "old", expiredTs: oldTs });
		expect(world.requests).toHaveLength(2);
	});

	it("keep their end when the server leaves them out", async () => {
		world.answering(one, documentOf(first, world.now() + hourMs));
		const keys = world.makeKeys();
		await world.findOne(keys, first);
		world.pass(2 * hourMs);
		world.answering(one, documentOf(second, world.now() + hourMs));
		expect((await world.findOne(keys, first)).key).toMatchObject({ kind: "current", validUntilTs: startTs + hourMs });
	});

	it("that are new are had seconds after the last question", async () => {
		world.answering(one, documentOf(first, world.now() + hourMs));
		const keys = world.makeKeys();
		await world.findOne(keys, first);
		world.answering(one, documentOf(second, world.now() + hourMs, [first]));
		expect((await world.findOne(keys, second)).isUnreachable).toBe(true);
		world.pass(5_000);
		expect((await world.findOne(keys, second)).key).toMatchObject({ kind: "current" });
		expect(world.requests).toHaveLength(2);
	});

	it("that are not in the answer are no reason to ask at once again", async () => {
		world.answering(one, documentOf(first, world.now() + hourMs));
		const keys = world.makeKeys();
		expect(await world.findOne(keys, second)).toEqual({ key: undefined, isUnreachable: false });
		expect(await world.findOne(keys, second)).toEqual({ key: undefined, isUnreachable: true });
		expect(world.requests).toHaveLength(1);
		world.pass(61_000);
		expect(await world.findOne(keys, second)).toEqual({ key: undefined, isUnreachable: false });
		expect(world.requests).toHaveLength(2);
	});

	it("of a server that is down are asked for less and less, but every ten minutes at least", async () => {
		const keys = world.makeKeys();
		for (let minute = 0; minute < 120; minute += 1) {
			expect(await world.findOne(keys, first)).toEqual({ key: undefined, isUnreachable: true });
			world.pass(60_000);
		}
		expect(world.requests.length).toBeGreaterThan(12);
		expect(world.requests.length).toBeLessThan(20);
		world.answering(one, documentOf(first, world.now() + hourMs));
		world.pass(600_000);
		expect((await world.findOne(keys, first)).isUnreachable).toBe(false);
	});

	it.each<[string, () => PeerAnswer]>([
		["another server's", () => ({ kind: "answered", content: documentOf(notary, world.now() + hourMs) })],
		["nobody's", () => ({ kind: "answered", content: { ...documentOf(first, world.now() + hourMs), signatures: {} } })],
		[
			"forged",
			() => ({ kind: "answered", content: { ...documentOf(first, world.now() + hourMs), valid_until_ts: 1 } }),
		],
		[
			"refused",
			() => ({ kind: "refused", status: 404, errcode: "M_UNRECOGNIZED", message: "", retryAfterMs: undefined }),
		],
	])("that are %s do not count, and leave what was known", async (_, answer) => {
		world.answering(one, documentOf(second, world.now() + hourMs));
		const keys = world.makeKeys();
		await world.findOne(keys, second);
		world.pass(61_000);
		world.answers.set(one, answer);
		expect(await world.findOne(keys, first)).toEqual({ key: undefined, isUnreachable: true });
		expect((await world.findOne(keys, second)).key?.publicKey).toEqual(second.publicKey);
		expect([...(world.stored.get(one)?.keys() ?? [])]).toEqual([second.keyId]);
	});

	it("are at most a week's, whatever the server claims", async () => {
		world.answering(one, documentOf(first, Number.MAX_SAFE_INTEGER));
		const keys = world.makeKeys();
		await world.findOne(keys, first);
		world.pass(longestKeyTrustMs + 1);
		world.answers.delete(one);
		expect(await world.findOne(keys, first)).toMatchObject({ isUnreachable: true });
	});

	describe("from a notary", () => {
		const signed = (document: JsonObject): JsonObject => ({ server_keys: [signJson(document, notary)] });
		const notaryAnswers = (content: JsonObject): void =>
			void world.answers.set(notary.serverName, ({ uri }) => ({
				kind: "answered",
				content: uri === "/_matrix/key/v2/server" ? documentOf(notary, world.now() + 24 * hourMs) : content,
			}));

		it("count when the server itself gives none, and are asked for after it", async () => {
			notaryAnswers(signed(documentOf(first, world.now() + hourMs)));
			expect((await world.findOne(world.makeKeys([notary.serverName]), first)).key).toMatchObject({ kind: "current" });
			expect(world.requests).toEqual([
				"one.example /_matrix/key/v2/server",
				"notary.example /_matrix/key/v2/server",
				"notary.example /_matrix/key/v2/query",
			]);
		});

		it("do not count without the notary's signature, or the server's", async () => {
			notaryAnswers({ server_keys: [documentOf(first, world.now() + hourMs)] });
			expect((await world.findOne(world.makeKeys([notary.serverName]), first)).key).toBeUndefined();
			notaryAnswers(signed({ ...documentOf(first, world.now() + hourMs), signatures: {} }));
			expect((await world.findOne(world.makeKeys([notary.serverName]), first)).key).toBeUndefined();
		});

		it("replace nothing that the server said", async () => {
			world.answering(one, documentOf(second, world.now() + hourMs, [first]));
			const keys = world.makeKeys([notary.serverName]);
			await world.findOne(keys, second);
			world.answers.delete(one);
			world.pass(2 * hourMs);
			notaryAnswers(signed(documentOf(first, world.now() + 24 * hourMs)));
			expect((await world.findOne(keys, second)).key).toMatchObject({ validUntilTs: startTs + hourMs });
			expect((await world.findOne(keys, first)).key).toMatchObject({ kind: "old" });
		});

		it("are not asked for where the server gave all that is wanted", async () => {
			world.answering(one, documentOf(first, world.now() + hourMs));
			await world.findOne(world.makeKeys([notary.serverName]), first);
			expect(world.requests).toHaveLength(1);
		});
	});

	describe("as documents", () => {
		it("are this server's own, signed, with the keys that it retired", () => {
			const keys = world.makeKeys();
			const reading = readKeyDocument(keys.ownDocument(), {
				server: own.serverName,
				verifier: nobleVerifier,
				receivedTs: world.now(),
			});
			expect(reading).toMatchObject({ kind: "read", document: { validUntilTs: world.now() + 24 * hourMs } });
			expect(reading.kind === "read" && [...reading.document.keys].map(([id, key]) => [id, key.kind])).toEqual([
				[own.keyId, "current"],
				[retired.keyId, "old"],
			]);
			world.pass(13 * hourMs);
			expect(keys.ownDocument()["valid_until_ts"]).toBe(world.now() + 24 * hourMs);
		});

		it("are known without asking where they are this server's", async () => {
			const keys = world.makeKeys();
			expect((await world.findOne(keys, own)).key).toMatchObject({ kind: "current", publicKey: own.publicKey });
			expect((await world.findOne(keys, retired)).key).toMatchObject({ kind: "old", expiredTs: 7 });
			expect(await keys.documentOf(own.serverName, world.now())).toEqual(keys.ownDocument());
			expect(world.requests).toEqual([]);
		});

		it("of other servers are what these published, from memory for half of their life", async () => {
			const document = documentOf(first, world.now() + 4 * hourMs);
			world.answering(one, document);
			const keys = world.makeKeys();
			expect(await keys.documentOf(one, world.now())).toEqual(document);
			world.pass(2 * hourMs - 1);
			await keys.documentOf(one, world.now());
			expect(world.requests).toHaveLength(1);
			world.pass(1);
			await keys.documentOf(one, world.now());
			expect(world.requests).toHaveLength(2);
		});

		it("of a server that is down are the last that it published, or none", async () => {
			const document = documentOf(first, world.now() + hourMs);
			world.answering(one, document);
			const keys = world.makeKeys();
			await keys.documentOf(one, world.now());
			world.answers.delete(one);
			world.pass(2 * hourMs);
			expect(await keys.documentOf(one, world.now())).toEqual(document);
			expect(await keys.documentOf(serverName("two.example"), world.now())).toBeUndefined();
		});
	});
});
