import { addDevice } from "../../tests/server-process/add-people.ts";
import { openServerDatabase } from "../../tests/server-process/server-database.ts";
import type { Screen } from "./screen.ts";

/** A screen for a browser that has nothing yet, which must not be taken for a device that lost its keys. */
export async function withFreshDevice(dataFolder: string, screen: Screen): Promise<Screen> {
	if (screen.person === undefined) return screen;
	if (screen.isLocked === true) return { ...screen, person: await addDevice(dataFolder, screen.person) };
	await forgetKeys(dataFolder, screen.person.userId);
	return screen;
}

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
async function forgetKeys(dataFolder: string, userId: string): Promise<void> {
	await using database = await openServerDatabase(dataFolder);
	for (const table of tables) await database.query(`DELETE FROM ${table} WHERE user_id = $1`, [userId]);
	await database.query("DELETE FROM account_data WHERE user_id = $1 AND type LIKE 'm.secret_storage.%'", [userId]);
}
