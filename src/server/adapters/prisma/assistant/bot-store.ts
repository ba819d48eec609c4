import type pg from "pg";
import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { type BotStore, EngineSuperseded, type KeptChange, type StoredBot } from "../../../assistant/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlClient } from "../sql.ts";

/** The assistant as a member of rooms, on PostgreSQL. */
export const createBotStore = (pool: pg.Pool): BotStore => {
	const within = <T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
		withDatabaseErrors(inTransaction(pool, work));
	const write = (statement: Parameters<typeof run>[1]): Promise<void> => withDatabaseErrors(run(pool, statement));
	return {
		find: () => withDatabaseErrors(find(pool)),
		add: (userId) =>
			write({
				name: "bot_add",
				text: "INSERT INTO assistant_bots (user_id) VALUES ($1) ON CONFLICT DO NOTHING",
				values: [userId],
			}),
		beginDevice: (userId, sessionId) =>
			within(async (client) => {
				await run(client, {
					name: "bot_begin_device",
					text: "UPDATE assistant_bots SET session_id = $2, generation = generation + 1 WHERE user_id = $1",
					values: [userId, sessionId ?? null],
				});
				await run(client, { name: "bot_forget_records", text: "DELETE FROM assistant_bot_records" });
			}),
		open: (userId) => within((client) => open(client, userId)),
		keep: (of, changes) => within((client) => keep(client, of, changes)),
		setIdentity: (userId, sealed) =>
			write({
				name: "bot_set_identity",
				text: "UPDATE assistant_bots SET sealed_identity = $2 WHERE user_id = $1",
				values: [userId, sealed],
			}),
		setPosition: (userId, position) =>
			write({
				name: "bot_set_position",
				text: "UPDATE assistant_bots SET stream_position = $2 WHERE user_id = $1",
				values: [userId, position],
			}),
		rooms: async () =>
			(
				await withDatabaseErrors(
					rows<{ room_id: RoomId; joined_position: number; digest_at: Date | null }>(pool, {
						name: "bot_rooms",
						text: "SELECT room_id, joined_position, digest_at FROM assistant_bot_rooms",
					}),
				)
			).map((row) => ({
				roomId: row.room_id,
				joinedPosition: row.joined_position,
				digestAt: row.digest_at?.getTime(),
			})),
		noteJoined: (roomId, position) =>
			write({
				name: "bot_note_joined",
				text: `INSERT INTO assistant_bot_rooms (room_id, joined_position) VALUES ($1, $2)
					ON CONFLICT (room_id) DO UPDATE SET joined_position = EXCLUDED.joined_position, digest_at = NULL`,
				values: [roomId, position],
			}),
		noteDigest: (roomId, at) =>
			write({
				name: "bot_note_digest",
				text: "UPDATE assistant_bot_rooms SET digest_at = $2 WHERE room_id = $1",
				values: [roomId, new Date(at)],
			}),
		forgetRoom: (roomId) =>
			write({
				name: "bot_forget_room",
				text: "DELETE FROM assistant_bot_rooms WHERE room_id = $1",
				values: [roomId],
			}),
	};
};

const inTransaction = async <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
	const client = await pool.connect();
	let broken: Error | undefined;
	try {
		await client.query("BEGIN");
		const result = await work(client);
		await client.query("COMMIT");
		return result;
	} catch (error) {
		await client.query("ROLLBACK").catch((cause: Error) => {
			broken = cause;
		});
		throw error;
	} finally {
		client.release(broken);
	}
};

const find = async (client: SqlClient): Promise<StoredBot | undefined> => {
	const [row] = await rows<{
		user_id: UserId;
		session_id: string | null;
		sealed_identity: Uint8Array | null;
		stream_position: number | null;
	}>(client, {
		name: "bot_find",
		text: "SELECT user_id, session_id, sealed_identity, stream_position FROM assistant_bots LIMIT 1",
	});
	return row === undefined
		? undefined
		: {
				userId: row.user_id,
				sessionId: row.session_id ?? undefined,
				sealedIdentity: row.sealed_identity ?? undefined,
				streamPosition: row.stream_position ?? undefined,
			};
};

const open: (client: SqlClient, userId: UserId) => ReturnType<BotStore["open"]> = async (client, userId) => {
	const [row] = await rows<{ generation: number }>(client, {
		name: "bot_open",
		text: "UPDATE assistant_bots SET generation = generation + 1 WHERE user_id = $1 RETURNING generation",
		values: [userId],
	});
	const records = await rows<{ table: string; key: string; value: Uint8Array }>(client, {
		name: "bot_records",
		text: `SELECT "table", key, value FROM assistant_bot_records`,
	});
	return { generation: row?.generation ?? 0, records };
};

/** The row's lock orders this against the opening of a later engine: either it reads these changes, or they are refused. */
const keep = async (
	client: SqlClient,
	{ userId, generation }: { readonly userId: UserId; readonly generation: number },
	changes: readonly KeptChange[],
): Promise<void> => {
	const [row] = await rows<{ generation: number }>(client, {
		name: "bot_generation",
		text: "SELECT generation FROM assistant_bots WHERE user_id = $1 FOR SHARE",
		values: [userId],
	});
	if (row?.generation !== generation) throw new EngineSuperseded();
	const { cleared, removed, put } = inOneStep(changes);
	await remove(client, cleared, removed);
	if (put.length === 0) return;
	await run(client, {
		name: "bot_put_records",
		text: `INSERT INTO assistant_bot_records ("table", key, value)
			SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[])
			ON CONFLICT ("table", key) DO UPDATE SET value = EXCLUDED.value`,
		values: [put.map(({ table }) => table), put.map(({ key }) => key), put.map(({ value }) => Buffer.from(value))],
	});
};

const remove = async (
	client: SqlClient,
	tables: readonly string[],
	records: readonly { readonly table: string; readonly key: string }[],
): Promise<void> => {
	if (tables.length > 0) {
		await run(client, {
			name: "bot_clear_tables",
			text: `DELETE FROM assistant_bot_records WHERE "table" = ANY($1::text[])`,
			values: [tables],
		});
	}
	if (records.length > 0) {
		await run(client, {
			name: "bot_remove_records",
			text: `DELETE FROM assistant_bot_records r USING unnest($1::text[], $2::text[]) AS gone (t, k)
				WHERE r."table" = gone.t AND r.key = gone.k`,
			values: [records.map(({ table }) => table), records.map(({ key }) => key)],
		});
	}
};

type PutChange = Extract<KeptChange, { readonly kind: "put" }>;
type RemoveChange = Extract<KeptChange, { readonly kind: "remove" }>;

/** What of changes in their order is left in the end. */
const inOneStep = (changes: readonly KeptChange[]) => {
	const cleared = new Set<string>();
	const last = new Map<string, PutChange | RemoveChange>();
	for (const change of changes) {
		if (change.kind === "clear") {
			cleared.add(change.table);
			for (const [name, { table }] of last) if (table === change.table) last.delete(name);
		} else last.set(JSON.stringify([change.table, change.key]), change);
	}
	const left = [...last.values()];
	return {
		cleared: [...cleared],
		removed: left.filter((change): change is RemoveChange => change.kind === "remove"),
		put: left.filter((change): change is PutChange => change.kind === "put"),
	};
};
