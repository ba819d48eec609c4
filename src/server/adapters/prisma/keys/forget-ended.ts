import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { changeDeviceList } from "./change-device-list.ts";
import { isStanding } from "./standing-device.ts";

/** What belongs to a device and goes with it. */
const belongings = ["one_time_keys", "fallback_keys", "to_device_messages", "dropped_to_device"] as const;

/** Of everybody where no person is named. */
const ofPerson = "($1::text IS NULL OR d.user_id = $1)";

/** Lets everything go of devices that are signed out, and tells whoever shares a room with their people. */
export const forgetEnded = async (client: SqlClient, userId: UserId | undefined): Promise<number> => {
	const values = [userId ?? null];
	await run(client, {
		name: "forget-dehydrated-of-closed",
		text: `DELETE FROM dehydrated_devices d USING users u WHERE ${ofPerson} AND u.id = d.user_id AND u.disabled_at IS NOT NULL`,
		values,
	});
	const gone = await rows<{ user_id: UserId; device_id: string }>(client, {
		name: "forget-ended-keys",
		text: `DELETE FROM device_keys d WHERE ${ofPerson} AND NOT ${isStanding("d")} RETURNING user_id, device_id`,
		values,
	});
	for (const table of belongings) {
		await run(client, {
			name: `forget-ended-${table}`,
			text: `DELETE FROM ${table} d WHERE ${ofPerson} AND NOT ${isStanding("d")}`,
			values,
		});
	}
	await run(client, {
		name: "forget-ended-signatures",
		text: `DELETE FROM key_signatures k USING unnest($1::text[], $2::text[]) AS d(user_id, device_id)
			WHERE k.user_id = d.user_id AND (k.target = d.device_id OR (k.signer_id = d.user_id AND k.key_name = d.device_id))`,
		values: [gone.map((row) => row.user_id), gone.map((row) => row.device_id)],
	});
	for (const person of new Set(gone.map((row) => row.user_id))) {
		const deviceIds = gone.filter((row) => row.user_id === person).map((row) => row.device_id);
		await changeDeviceList(client, { userId: person, deviceIds });
	}
	return gone.length;
};
