import { buildKeyDocument } from "../../federation/handshakes/key-document.ts";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { PeerAnswer, PeerRequest } from "../../federation/ports/peer-transport.ts";
import type { Signer } from "../../federation/ports/signer.ts";
import type { ServerKey } from "../../federation/signing/key-validity.ts";
import { nobleVerifier } from "../../federation/signing/noble-verifier.ts";
import { type TestKey, testSigner } from "../../federation/testing/noble-signer.ts";
import { createServerKeys, type KnownKeys } from "../../src/server/federation/public.ts";
import { silentLog } from "./silent-log.ts";

/** The server whose keys these are, and what it signed with before. */
export const own = testSigner("own.example");
export const retired = testSigner("own.example", "retired");

/** What a server that is not there answers. */
export const down: PeerAnswer = { kind: "unreachable", reason: "connection", detail: "down" };

/** When the old keys of documents ended. */
export const oldTs = 1_600_000_000_000;

type TestSigner = Signer & TestKey;

/** Other servers and their keys, a table, and a clock, all in memory. */
export const makeKeyWorld = (startTs: number) => {
	const stored = new Map<ServerName, KnownKeys>();
	const requests: string[] = [];
	/** What each server answers; one that is not here is down. */
	const answers = new Map<string, (request: PeerRequest) => PeerAnswer | Promise<PeerAnswer>>();
	let now = startTs;
	return {
		stored,
		requests,
		answers,
		now: () => now,
		pass: (ms: number): void => {
			now += ms;
		},
		answering: (server: string, content: JsonObject): void =>
			void answers.set(server, () => ({ kind: "answered", content })),
		/** The keys of a process. */
		makeKeys: (notaries: readonly ServerName[] = []) =>
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
			}),
		/** One signer's key, wanted for a moment: now, unless another is named. */
		findOne: async (
			keys: ReturnType<typeof createServerKeys>,
			{ serverName: server, keyId }: TestSigner,
			validAtTs = now,
		): Promise<{ readonly key: ServerKey | undefined; readonly isUnreachable: boolean }> => {
			const found = await keys.find([{ server, keyId, validAtTs }]);
			return { key: found.keys(server, keyId), isUnreachable: found.unreachable.has(server) };
		},
	};
};

/** A server's document with one key in use. */
export const documentOf = (signer: TestSigner, validUntilTs: number, old: readonly TestSigner[] = []): JsonObject =>
	buildKeyDocument(
		{
			signer,
			publicKey: signer.publicKey,
			retired: old.map(({ keyId, publicKey }) => ({ keyId, publicKey, expiredTs: oldTs })),
		},
		validUntilTs,
	);
