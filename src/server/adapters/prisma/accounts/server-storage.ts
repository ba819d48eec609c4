import type { StoragePart } from "../../../../shared/wire/commands.ts";
import type { StoredPart } from "../../../admin/public.ts";
import { rows, type SqlClient } from "../sql.ts";

/** Which tables hold what; those of no sort are `other`. */
const partOf: readonly (readonly [RegExp, StoragePart])[] = [
	[
		/^(events|event_|state_group|current_state|auth_chain|resolved_marks|receipts|mentions|memberships|media_uses)/,
		"messages",
	],
	[
		/^(device_|one_time_keys|fallback_keys|cross_signing|key_|backed_up_keys|to_device|dropped_to|received_to|dehydrated)/,
		"keys",
	],
	[/^(server_keys|received_|destinations|federation_|arriving_|remote_device|outgoing_|outbox_)/, "federation"],
	[
		/^(users|sessions|registration_tokens|passkeys|identities|one_time_grants|account_data|last_seen|blocked_|reports)/,
		"accounts",
	],
];

/** What tables, with their indexes, and files take. Files are counted by their rows: those that are being removed are none. */
export const readStorage = async (client: SqlClient): Promise<readonly StoredPart[]> => {
	const [tables, files] = await Promise.all([
		rows<{ name: string; bytes: number }>(client, {
			name: "admin_table_sizes",
			text: `SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes FROM pg_class c
				WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace`,
		}),
		rows<{ part: StoragePart; bytes: number; count: number }>(client, {
			name: "admin_file_sizes",
			text: `SELECT 'media' AS part, coalesce(sum(size_bytes::int8), 0)::int8 AS bytes, count(*) AS count
					FROM media WHERE removed_at IS NULL
				UNION ALL SELECT 'remoteMedia', coalesce(sum(size_bytes::int8), 0)::int8, count(*) FROM remote_media`,
		}),
	]);
	const sums = new Map<StoragePart, number>();
	for (const { name, bytes } of tables) {
		const part = partOf.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
		sums.set(part, (sums.get(part) ?? 0) + bytes);
	}
	const ofTables = [...sums].map(([part, bytes]) => ({ part, bytes }));
	return [...ofTables, ...files].sort((one, other) => other.bytes - one.bytes);
};
