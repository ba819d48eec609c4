import { openServerDatabase } from "../../tests/server-process/server-database.ts";

/** Whatever is of the keys of a person and their devices. */
const tables = [
	"device_keys",
	"one_time_keys",
	"fallback_keys",
	"cross_signing_keys",
	"key_signatures",
	"to_device_messages",
	"backed_up_keys",
	"key_backups",
	"dehydrated_devices",
];

/**
 * No device of a person has keys any more. A browser that is opened afresh is a device whose keys are gone, which is said across
 * its top; where the server never saw any it makes some, as after signing up.
 */
export async function forgetKeys(dataFolder: string, userId: string): Promise<void> {
	await using database = await openServerDatabase(dataFolder);
	for (const table of tables) await database.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
	await database.query("DELETE FROM account_data WHERE user_id = $1 AND type LIKE 'm.secret_storage.%'", [userId]);
}
