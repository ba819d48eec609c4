import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { WantedKey } from "../../../../federation/ports/server-keys.ts";
import { isKeyValidAt } from "../../../../federation/signing/key-validity.ts";
import { backoffMs } from "../../../../federation/transport/backoff.ts";
import { createFetchSlots } from "./fetch-slots.ts";
import type { KeptDocuments } from "./kept-documents.ts";
import { createKeyFetcher, type KeyFetcherDependencies } from "./key-fetcher.ts";
import type { KeyRecord, KeyRecords } from "./key-records.ts";
import type { KeyStore, KnownKeys } from "./key-store.ts";
import { lackingKeys, withNotaryWord, withOwnWord } from "./merge-keys.ts";

export interface KeyAskingDependencies extends KeyFetcherDependencies {
	readonly store: KeyStore;
	readonly records: KeyRecords;
	readonly documents: KeptDocuments;
	/** Asked, in this order, for keys that a server does not give itself. */
	readonly notaries: readonly ServerName[];
	/** At least 0 and less than 1. */
	readonly random: () => number;
}

/** What somebody needs of a server. */
export interface KeyNeed {
	readonly wanted: readonly WantedKey[];
	/** Nothing has to be asked for (any more). */
	readonly isMet: () => boolean;
}

/** Asks a server, and notaries, for what is needed. True: the server has just said what its keys are. */
export type KeyAsking = (record: KeyRecord, need: KeyNeed) => Promise<boolean>;

/** After an answer that had what was wanted: a key that is new may come any moment. */
const restMs = 5_000;
/** After one that had it not: who makes up key ids is no reason to ask at once again. */
const longRestMs = 60_000;
/** After failures. A server that comes back waits for this at most until its requests count. */
const backoff = { firstMs: 5_000, longestMs: 10 * 60_000 } as const;

/** One asking is under way per server, and few over all. */
export const createKeyAsking = (dependencies: KeyAskingDependencies): KeyAsking => {
	const { clock, random } = dependencies;
	const slots = createFetchSlots();
	const ask = createSteps(dependencies);
	return async (record, need) => {
		if (record.underWay !== undefined) {
			await record.underWay;
			// Asked on behalf of others: whether their question covered this one is not known.
			return false;
		}
		if (clock.now() < record.notBeforeTs) return false;
		record.underWay = slots(() => ask(record, need)).then((isHeard = false) => isHeard);
		try {
			const isHeard = await record.underWay;
			record.failures = isHeard ? 0 : record.failures + 1;
			const answeredMs = need.isMet() ? restMs : longRestMs;
			record.notBeforeTs = clock.now() + (isHeard ? answeredMs : backoffMs(record.failures, backoff, random()));
			return isHeard;
		} finally {
			record.underWay = undefined;
		}
	};
};

const createSteps = (dependencies: KeyAskingDependencies) => {
	const { store, records, documents, notaries, clock } = dependencies;
	const fetcher = createKeyFetcher(dependencies);

	const learn = async (record: KeyRecord, keys: KnownKeys): Promise<void> => {
		const news = new Map([...keys].filter(([keyId, key]) => record.keys.get(keyId) !== key));
		record.keys = keys;
		if (news.size > 0) await store.save(record.server, news);
	};

	const askServer = async (record: KeyRecord): Promise<boolean> => {
		const document = await fetcher.fromServer(record.server);
		if (document === undefined) return false;
		documents.keep(document, clock.now());
		await learn(record, withOwnWord(record.keys, document.keys));
		return true;
	};

	const askNotary = async (notary: ServerName, record: KeyRecord, wanted: readonly WantedKey[]): Promise<void> => {
		const own = await records(notary);
		if (!hasKeyInUse(own.keys, clock.now())) await askServer(own);
		for (const { keys } of await fetcher.fromNotary({ notary, notaryKeys: own.keys, server: record.server, wanted })) {
			await learn(record, withNotaryWord(record.keys, keys));
		}
	};

	return async (record: KeyRecord, { wanted, isMet }: KeyNeed): Promise<boolean> => {
		// Another process may have asked.
		record.keys = withOwnWord(record.keys, await store.load(record.server));
		if (isMet()) return true;
		const isHeard = await askServer(record);
		for (const notary of notaries) {
			const lacking = lackingKeys(record.keys, wanted);
			if (lacking.length === 0) break;
			if (notary !== record.server) await askNotary(notary, record, lacking);
		}
		return isHeard;
	};
};

const hasKeyInUse = (keys: KnownKeys, now: number): boolean =>
	[...keys.values()].some((key) => key.kind === "current" && isKeyValidAt(key, now));
