import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { KeyStore, KnownKeys } from "./key-store.ts";

/** What this process knows of a server's keys. */
export interface KeyRecord {
	readonly server: ServerName;
	keys: KnownKeys;
	/** How often in a row the server did not give its keys. */
	failures: number;
	/** It is not asked again before. */
	notBeforeTs: number;
	/** The asking that is under way. */
	underWay: Promise<boolean> | undefined;
}

/** The records of servers, made from what is stored. */
export type KeyRecords = (server: ServerName) => Promise<KeyRecord>;

/** The one that was needed longest ago goes first. */
const mostRecords = 5_000;

export const createKeyRecords = (store: KeyStore): KeyRecords => {
	const records = new Map<ServerName, Promise<KeyRecord>>();

	const make = async (server: ServerName): Promise<KeyRecord> => ({
		server,
		keys: await store.load(server),
		failures: 0,
		notBeforeTs: 0,
		underWay: undefined,
	});

	return (server) => {
		const record = records.get(server) ?? make(server);
		records.delete(server);
		records.set(server, record);
		const [oldest] = records.size > mostRecords ? records.keys() : [];
		if (oldest !== undefined) records.delete(oldest);
		record.catch(() => records.delete(server));
		return record;
	};
};
