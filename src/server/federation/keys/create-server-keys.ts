import type { OwnKeys } from "../../../../federation/handshakes/key-document.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { ServerKeys, WantedKey } from "../../../../federation/ports/server-keys.ts";
import { longestKeyTrustMs, type ServerKey } from "../../../../federation/signing/key-validity.ts";
import { createKeptDocuments } from "./kept-documents.ts";
import { createKeyAsking, type KeyAskingDependencies } from "./key-asking.ts";
import { createKeyRecords } from "./key-records.ts";
import type { KnownKeys } from "./key-store.ts";
import { lackingKeys } from "./merge-keys.ts";
import { createOwnDocument } from "./own-document.ts";

export interface ServerKeysDependencies extends Omit<KeyAskingDependencies, "records" | "documents"> {
	readonly own: OwnKeys;
}

/** Key documents, for those who ask this server. */
export interface KeyDocuments {
	/** This server's own. */
	ownDocument(): JsonObject;
	/**
	 * Another server's as it published it, asked for when what is kept is old; `undefined` where none was ever had. One
	 * that does not cover the time is better than none.
	 */
	documentOf(server: ServerName, minimumValidUntilTs: number): Promise<JsonObject | undefined>;
}

/** One caller that wants keys of many servers, as for a large room, leaves room for others. */
const mostServersAtOnce = 16;

/** The real ServerKeys: a memory over a store over the network. */
export const createServerKeys = (dependencies: ServerKeysDependencies): ServerKeys & KeyDocuments => {
	const { own, clock, store } = dependencies;
	const records = createKeyRecords(store);
	const documents = createKeptDocuments();
	const ask = createKeyAsking({ ...dependencies, records, documents });
	const ownDocument = createOwnDocument(own, clock);

	const findOf = async (server: ServerName, wanted: readonly WantedKey[]) => {
		if (server === own.signer.serverName) return { keys: ownKeysAt(own, clock.now()), isUnreachable: false };
		const record = await records(server);
		const isMet = (): boolean => lackingKeys(record.keys, wanted).length === 0;
		const isHeard = isMet() || (await ask(record, { wanted, isMet }));
		return { keys: record.keys, isUnreachable: !isHeard && !isMet() };
	};

	return {
		find: async (wanted) => {
			const found = new Map<ServerName, KnownKeys>();
			const unreachable = new Set<ServerName>();
			const questions = byServer(wanted).entries();
			const work = async (): Promise<void> => {
				for (const [server, ofServer] of questions) {
					const { keys, isUnreachable } = await findOf(server, ofServer);
					found.set(server, keys);
					if (isUnreachable) unreachable.add(server);
				}
			};
			await Promise.all(Array.from({ length: mostServersAtOnce }, work));
			return { keys: (server, keyId) => found.get(server)?.get(keyId), unreachable };
		},
		ownDocument,
		documentOf: async (server, minimumValidUntilTs) => {
			if (server === own.signer.serverName) return ownDocument();
			const isMet = (): boolean => documents.isFresh(server, minimumValidUntilTs, clock.now());
			if (!isMet()) await ask(await records(server), { wanted: [], isMet });
			return documents.get(server);
		},
	};
};

const byServer = (wanted: readonly WantedKey[]): ReadonlyMap<ServerName, readonly WantedKey[]> => {
	const groups = new Map<ServerName, WantedKey[]>();
	for (const key of wanted) {
		const group = groups.get(key.server);
		if (group === undefined) groups.set(key.server, [key]);
		else group.push(key);
	}
	return groups;
};

/** What this server signed itself comes back in others' answers. */
const ownKeysAt = ({ signer, publicKey, retired }: OwnKeys, now: number): KnownKeys =>
	new Map([
		...retired.map(({ keyId, publicKey: old, expiredTs }): [typeof keyId, ServerKey] => [
			keyId,
			{ kind: "old", publicKey: old, expiredTs },
		]),
		[signer.keyId, { kind: "current", publicKey, validUntilTs: now + longestKeyTrustMs, receivedTs: now }] as const,
	]);
