import { beforeEach, describe, expect, it } from "vitest";
import { buildKeyDocument, readKeyDocument } from "../../../../federation/handshakes/key-document.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { PeerAnswer, PeerRequest } from "../../../../federation/ports/peer-transport.ts";
import { longestKeyTrustMs, type ServerKey } from "../../../../federation/signing/key-validity.ts";
import { nobleVerifier } from "../../../../federation/signing/noble-verifier.ts";
import { signJson } from "../../../../federation/signing/sign-json.ts";
import { serverName } from "../../../../federation/testing/identifiers.ts";
import { testSigner } from "../../../../federation/testing/noble-signer.ts";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import { createServerKeys } from "./create-server-keys.ts";
import type { KnownKeys } from "./key-store.ts";

const hourMs = 3_600_000;
const startTs = 1_700_000_000_000;
const one = serverName("one.example");
const notary = testSigner("notary.example");
const first = testSigner("one.example", "first");
const second = testSigner("one.example", "second");
const own = testSigner("own.example");
const retired = testSigner("own.example", "retired");
const down: PeerAnswer = { kind: "unreachable", reason: "connection", detail: "down" };

type Signer = typeof first;

/** A server's document with one key in use. */
const documentOf = (signer: Signer, validUntilTs: number, old: readonly Signer[] = []): JsonObject =>
	buildKeyDocument(
		{
			signer,
			publicKey: signer.publicKey,
			retired: old.map(({ keyId, publicKey }) => ({ keyId, publicKey, expiredTs: startTs })),
		},
		validUntilTs,
	);

describe("other servers' keys", () => {
	let now = startTs;
	let stored = new Map<ServerName, KnownKeys>();
	let requests: string[] = [];
	/** What each server answers; one that is not here is down. */
	let answers = new Map<string, (request: PeerRequest) => PeerAnswer | Promise<PeerAnswer>>();

	const answering = (server: string, content: JsonObject): void =>
		void answers.set(server, () => ({ kind: "answered", content }));

	const makeKeys = (notaries: readonly ServerName[] = []) =>
		createServerKeys({
			own: {
				signer: own,
				publicKey: own.publicKey,
				retired: [{ keyId: retired.keyId, publicKey: retired.publicKey, expiredTs: 7 }],
			},
			transport: {
				request: async (destination, request) => {
					requests.push(`${destination} ${request.uri}`);
					return (await answers.get(destination)?.(request)) ?? down;
				},
			},
			store: {
				load: async (server) => stored.get(server) ?? new Map(),
				save: async (server, keys) => void stored.set(server, new Map([...(stored.get(server) ?? []), ...keys])),
			},
			notaries,
			verifier: nobleVerifier,
			clock: { now: () => now },
			random: () => 0,
			log: silentLog,
		});

	beforeEach(() => {
		now = startTs;
		stored = new Map();
		requests = [];
		answers = new Map();
	});

	const findOne = async (
		keys: ReturnType<typeof makeKeys>,
		signer: Signer = first,
		validAtTs = now,
	): Promise<{ readonly key: ServerKey | undefined; readonly isUnreachable: boolean }> => {
		const { serverName: server, keyId } = signer;
		const found = await keys.find([{ server, keyId, validAtTs }]);
		return { key: found.keys(server, keyId), isUnreachable: found.unreachable.has(server) };
	};

	it("are asked for once, and then known, to other processes too", async () => {
		answering(one, documentOf(first, now + hourMs));
		const keys = makeKeys();
		const expected = { kind: "current", publicKey: first.publicKey, validUntilTs: now + hourMs, receivedTs: now };
		expect(await findOne(keys)).toEqual({ key: expected, isUnreachable: false });
		expect(await findOne(keys)).toEqual({ key: expected, isUnreachable: false });
		expect(await findOne(makeKeys())).toEqual({ key: expected, isUnreachable: false });
		expect(requests).toEqual(["one.example /_matrix/key/v2/server"]);
	});

	it("are asked for by one request, however many want them", async () => {
		answering(one, documentOf(first, now + hourMs));
		const keys = makeKeys();
		const found = await Promise.all(Array.from({ length: 20 }, () => findOne(keys)));
		expect(found.every(({ key }) => key !== undefined)).toBe(true);
		expect(requests).toHaveLength(1);
	});

	it("are asked for again when their validity has ended, and are then old or new ones", async () => {
		answering(one, documentOf(first, now + hourMs));
		const keys = makeKeys();
		await findOne(keys);
		now += 2 * hourMs;
		answering(one, documentOf(second, now + hourMs, [first]));
		expect((await findOne(keys, second)).key).toMatchObject({ kind: "current" });
		expect((await findOne(keys, first)).key).toMatchObject({ kind: "old", expiredTs: startTs });
		expect(requests).toHaveLength(2);
	});

	it("keep their end when the server leaves them out", async () => {
		answering(one, documentOf(first, now + hourMs));
		const keys = makeKeys();
		await findOne(keys);
		now += 2 * hourMs;
		answering(one, documentOf(second, now + hourMs));
		expect((await findOne(keys, first)).key).toMatchObject({ kind: "current", validUntilTs: startTs + hourMs });
	});

	it("that are not in the answer are no reason to ask at once again", async () => {
		answering(one, documentOf(first, now + hourMs));
		const keys = makeKeys();
		expect(await findOne(keys, second)).toEqual({ key: undefined, isUnreachable: false });
		expect(await findOne(keys, second)).toEqual({ key: undefined, isUnreachable: true });
		expect(requests).toHaveLength(1);
		now += 61_000;
		expect(await findOne(keys, second)).toEqual({ key: undefined, isUnreachable: false });
		expect(requests).toHaveLength(2);
	});

	it("of a server that is down are asked for less and less, but every ten minutes at least", async () => {
		const keys = makeKeys();
		for (let minute = 0; minute < 120; minute += 1) {
			expect(await findOne(keys)).toEqual({ key: undefined, isUnreachable: true });
			now += 60_000;
		}
		expect(requests.length).toBeGreaterThan(12);
		expect(requests.length).toBeLessThan(20);
		answering(one, documentOf(first, now + hourMs));
		now += 600_000;
		expect((await findOne(keys)).isUnreachable).toBe(false);
	});

	it.each<[string, () => PeerAnswer]>([
		["another server's", () => ({ kind: "answered", content: documentOf(notary, now + hourMs) })],
		["nobody's", () => ({ kind: "answered", content: { ...documentOf(first, now + hourMs), signatures: {} } })],
		["forged", () => ({ kind: "answered", content: { ...documentOf(first, now + hourMs), valid_until_ts: 1 } })],
		[
			"refused",
			() => ({ kind: "refused", status: 404, errcode: "M_UNRECOGNIZED", message: "", retryAfterMs: undefined }),
		],
	])("that are %s do not count, and leave what was known", async (_, answer) => {
		answering(one, documentOf(second, now + hourMs));
		const keys = makeKeys();
		await findOne(keys, second);
		now += 61_000;
		answers.set(one, answer);
		expect(await findOne(keys, first)).toEqual({ key: undefined, isUnreachable: true });
		expect((await findOne(keys, second)).key?.publicKey).toEqual(second.publicKey);
		expect([...(stored.get(one)?.keys() ?? [])]).toEqual([second.keyId]);
	});

	it("are at most a week's, whatever the server claims", async () => {
		answering(one, documentOf(first, Number.MAX_SAFE_INTEGER));
		const keys = makeKeys();
		await findOne(keys);
		now += longestKeyTrustMs + 1;
		answers.delete(one);
		expect(await findOne(keys)).toMatchObject({ isUnreachable: true });
	});

	describe("from a notary", () => {
		const signed = (document: JsonObject): JsonObject => ({ server_keys: [signJson(document, notary)] });
		const notaryAnswers = (content: JsonObject): void =>
			void answers.set(notary.serverName, ({ uri }) => ({
				kind: "answered",
				content: uri === "/_matrix/key/v2/server" ? documentOf(notary, now + 24 * hourMs) : content,
			}));

		it("count when the server itself gives none, and are asked for after it", async () => {
			notaryAnswers(signed(documentOf(first, now + hourMs)));
			expect((await findOne(makeKeys([notary.serverName]))).key).toMatchObject({ kind: "current" });
			expect(requests).toEqual([
				"one.example /_matrix/key/v2/server",
				"notary.example /_matrix/key/v2/server",
				"notary.example /_matrix/key/v2/query",
			]);
		});

		it("do not count without the notary's signature, or the server's", async () => {
			notaryAnswers({ server_keys: [documentOf(first, now + hourMs)] });
			expect((await findOne(makeKeys([notary.serverName]))).key).toBeUndefined();
			notaryAnswers(signed({ ...documentOf(first, now + hourMs), signatures: {} }));
			expect((await findOne(makeKeys([notary.serverName]))).key).toBeUndefined();
		});

		it("replace nothing that the server said", async () => {
			answering(one, documentOf(second, now + hourMs, [first]));
			const keys = makeKeys([notary.serverName]);
			await findOne(keys, second);
			answers.delete(one);
			now += 2 * hourMs;
			notaryAnswers(signed(documentOf(first, now + 24 * hourMs)));
			expect((await findOne(keys, second)).key).toMatchObject({ validUntilTs: startTs + hourMs });
			expect((await findOne(keys, first)).key).toMatchObject({ kind: "old" });
		});

		it("are not asked for where the server gave all that is wanted", async () => {
			answering(one, documentOf(first, now + hourMs));
			await findOne(makeKeys([notary.serverName]));
			expect(requests).toHaveLength(1);
		});
	});

	describe("as documents", () => {
		it("are this server's own, signed, with the keys that it retired", () => {
			const keys = makeKeys();
			const reading = readKeyDocument(keys.ownDocument(), {
				server: own.serverName,
				verifier: nobleVerifier,
				receivedTs: now,
			});
			expect(reading).toMatchObject({ kind: "read", document: { validUntilTs: now + 24 * hourMs } });
			expect(reading.kind === "read" && [...reading.document.keys].map(([id, key]) => [id, key.kind])).toEqual([
				[own.keyId, "current"],
				[retired.keyId, "old"],
			]);
			now += 13 * hourMs;
			expect(keys.ownDocument()["valid_until_ts"]).toBe(now + 24 * hourMs);
		});

		it("are known without asking where they are this server's", async () => {
			const keys = makeKeys();
			expect((await findOne(keys, own)).key).toMatchObject({ kind: "current", publicKey: own.publicKey });
			expect((await findOne(keys, retired)).key).toMatchObject({ kind: "old", expiredTs: 7 });
			expect(await keys.documentOf(own.serverName, now)).toEqual(keys.ownDocument());
			expect(requests).toEqual([]);
		});

		it("of other servers are what these published, from memory for half of their life", async () => {
			const document = documentOf(first, now + 4 * hourMs);
			answering(one, document);
			const keys = makeKeys();
			expect(await keys.documentOf(one, now)).toEqual(document);
			now += 2 * hourMs - 1;
			await keys.documentOf(one, now);
			expect(requests).toHaveLength(1);
			now += 1;
			await keys.documentOf(one, now);
			expect(requests).toHaveLength(2);
		});

		it("of a server that is down are the last that it published, or none", async () => {
			const document = documentOf(first, now + hourMs);
			answering(one, document);
			const keys = makeKeys();
			await keys.documentOf(one, now);
			answers.delete(one);
			now += 2 * hourMs;
			expect(await keys.documentOf(one, now)).toEqual(document);
			expect(await keys.documentOf(serverName("two.example"), now)).toBeUndefined();
		});
	});
});
