import { StartupError } from "../../process/startup-error.ts";
import { rows, type SqlClient } from "./sql.ts";

const oldestVersion = 15;
/** Off, each of these lets an acknowledged write vanish in a crash. */
const durabilitySettings = ["fsync", "full_page_writes", "synchronous_commit"];

/** Refuses a PostgreSQL that is too old, does not store UTF-8, or may lose what it has acknowledged. */
export async function checkServer(client: SqlClient): Promise<void> {
	const settings = await rows<{ name: string; setting: string }>(client, {
		name: "check_server",
		text: "SELECT name, setting FROM pg_settings WHERE name = ANY($1)",
		values: [["server_version_num", "server_encoding", ...durabilitySettings]],
	});
	const byName = new Map(settings.map(({ name, setting }) => [name, setting]));
	const major = Math.floor(Number(byName.get("server_version_num")) / 10_000);
	if (!(major >= oldestVersion)) {
		throw new StartupError(
			"database-too-old",
			`the database is PostgreSQL ${major}: ${oldestVersion} or newer is needed`,
		);
	}
	if (byName.get("server_encoding") !== "UTF8") {
		throw new StartupError(
			"database-unsafe",
			`the database stores ${byName.get("server_encoding")}: make one with ENCODING 'UTF8'`,
		);
	}
	const off = durabilitySettings.find((name) => byName.get(name) === "off");
	if (off !== undefined) {
		throw new StartupError(
			"database-unsafe",
			`the database runs with ${off} = off and may lose messages in a crash: switch ${off} on`,
		);
	}
}
