import { openServerDatabase } from "../../server-process/server-database.ts";

/** Gives accounts the names by which others see them, before they are in any room. */
export async function namePeople(dataFolder: string, names: ReadonlyMap<string, string>): Promise<void> {
	await using client = await openServerDatabase(dataFolder);
	await client.query(
		"UPDATE users SET display_name = n.name FROM unnest($1::text[], $2::text[]) AS n(id, name) WHERE users.id = n.id",
		[[...names.keys()], [...names.values()]],
	);
}

/** While a server waits for its owner, nobody else makes an account there. */
export async function makeOwner(dataFolder: string, userId: string): Promise<void> {
	await using client = await openServerDatabase(dataFolder);
	await client.query("UPDATE users SET is_owner = true WHERE id = $1", [userId]);
}
