import { openServerDatabase } from "../../server-process/server-database.ts";
import type { KithHomeserver } from "../kith/kith-homeserver.ts";

/** A digest of each table's rows. */
export type StoredDatabase = Readonly<Record<string, string>>;

/** What says who was heard, when, and what was answered, and nothing of rooms or people. */
const bookkeeping = ["server_keys", "destinations", "received_transactions", "sessions", "last_seen"];

/** Everything that a Kith has stored, so that two looks can be compared. */
export const readDatabase = async ({ dataFolder }: KithHomeserver): Promise<StoredDatabase> => {
	await using client = await openServerDatabase(dataFolder);
	const { rows } = await client.query<{ name: string }>(
		`SELECT table_name AS name FROM information_schema.tables
			WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL ($1) ORDER BY name`,
		[bookkeeping],
	);
	const digests: [string, string][] = [];
	for (const { name } of rows) {
		const found = await client.query<{ digest: string }>(
			`SELECT count(*) || ' rows ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS digest
				FROM "${name}" t`,
		);
		digests.push([name, found.rows[0]?.digest ?? ""]);
	}
	return Object.fromEntries(digests);
};
