import type pg from "pg";
import type { KeyId, ServerName } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ServerKey } from "../../../../../federation/signing/key-validity.ts";
import type { KeyStore, KnownKeys } from "../../../federation/public.ts";
import { rows, run } from "../sql.ts";

interface KeyRow {
	key_id: KeyId;
	public_key: Buffer;
	valid_until_ts: string | null;
	received_ts: string;
	expired_ts: string | null;
}

/** Other servers' keys on PostgreSQL. */
export const createServerKeyStore = (pool: pg.Pool): KeyStore => ({
	load: async (server) => {
		const found = await rows<KeyRow>(pool, {
			name: "server_keys_load",
			text: "SELECT key_id, public_key, valid_until_ts, received_ts, expired_ts FROM server_keys WHERE server_name = $1",
			values: [server],
		});
		return new Map(found.map((row) => [row.key_id, keyOf(row)]));
	},
	save: (server, keys) => save(pool, server, keys),
});

const keyOf = (row: KeyRow): ServerKey => {
	const publicKey = new Uint8Array(row.public_key);
	return row.valid_until_ts === null
		? { kind: "old", publicKey, expiredTs: Number(row.expired_ts) }
		: {
				kind: "current",
				publicKey,
				validUntilTs: Number(row.valid_until_ts),
				receivedTs: Number(row.received_ts),
			};
};

/** In the order of their ids, so that two processes that learn the same keys do not wait for each other. */
const save = async (pool: pg.Pool, server: ServerName, keys: KnownKeys): Promise<void> => {
	const sorted = [...keys].sort(([one], [other]) => (one < other ? -1 : 1));
	await run(pool, {
		name: "server_keys_save",
		text: `INSERT INTO server_keys (server_name, key_id, public_key, valid_until_ts, received_ts, expired_ts)
			SELECT $1, * FROM unnest($2::text[], $3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[])
			ON CONFLICT (server_name, key_id) DO UPDATE SET public_key = excluded.public_key,
				valid_until_ts = excluded.valid_until_ts, received_ts = excluded.received_ts, expired_ts = excluded.expired_ts`,
		values: [
			server,
			sorted.map(([keyId]) => keyId),
			sorted.map(([, { publicKey }]) => Buffer.from(publicKey)),
			sorted.map(([, key]) => (key.kind === "current" ? key.validUntilTs : null)),
			sorted.map(([, key]) => (key.kind === "current" ? key.receivedTs : 0)),
			sorted.map(([, key]) => (key.kind === "old" ? key.expiredTs : null)),
		],
	});
};
