import type { ArchivedTable } from "../../../backup/archive/archive-content.ts";
import { rows, type SqlClient } from "../sql.ts";

/** Every table of the schema in use, each behind those that its foreign keys name. */
export const listTables = async (client: SqlClient): Promise<ArchivedTable[]> => {
	const tables = await rows<ArchivedTable & { refers_to: string[] }>(client, {
		name: "backup_tables",
		text: `SELECT c.relname::text AS name,
			(SELECT coalesce(array_agg(a.attname::text ORDER BY a.attnum), '{}') FROM pg_attribute a
				WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
			(SELECT coalesce(array_agg(DISTINCT other.relname::text), '{}') FROM pg_constraint k JOIN pg_class other ON other.oid = k.confrelid
				WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS refers_to
			FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
			ORDER BY c.relname COLLATE "C"`,
	});
	const byName = new Map(tables.map((table) => [table.name, table]));
	const ordered = new Set<string>();
	const place = (name: string, above: readonly string[]): void => {
		if (above.includes(name)) throw new Error(`the tables ${above.join(", ")} refer to each other in a circle`);
		if (ordered.has(name)) return;
		for (const other of byName.get(name)?.refers_to ?? []) place(other, [...above, name]);
		ordered.add(name);
	};
	for (const { name } of tables) place(name, []);
	return [...ordered].flatMap((name) => {
		const table = byName.get(name);
		return table === undefined ? [] : [{ name: table.name, columns: table.columns }];
	});
};

/** How many things with a name (tables, views, counters …) the schema in use holds. */
export const countRelations = async (client: SqlClient): Promise<number> => {
	const [row] = await rows<{ count: number }>(client, {
		name: "backup_relation_count",
		text: "SELECT count(*) AS count FROM pg_class WHERE relnamespace = current_schema()::regnamespace",
	});
	return row?.count ?? 0;
};
