import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { RemoteDeviceStore } from "../../../federation/public.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { advanceStream } from "./change-device-list.ts";
import { replaceCrossSigning } from "./replace-cross-signing.ts";

type List = Parameters<RemoteDeviceStore["putList"]>[1];
type Update = Parameters<RemoteDeviceStore["applyUpdate"]>[1];
type Keys = Parameters<RemoteDeviceStore["putCrossSigning"]>[1];

/** Whoever shares a room with the person hears of it by the stream. The last thing in a transaction. */
export const noteRemoteChange = async (client: SqlClient, userId: UserId): Promise<void> => {
	const position = await advanceStream(client, 1);
	await run(client, {
		name: "note-remote-change",
		text: `INSERT INTO device_list_changes (user_id, only_for, stream_position) VALUES ($1, '', $2)
			ON CONFLICT (user_id, only_for) DO UPDATE SET stream_position = excluded.stream_position`,
		values: [userId, position],
	});
};

/**
 * The row of the list is the lock: an update that comes meanwhile waits, and finds the list moved. One that came while the list
 * was asked for may be in no answer, so the list stays stale and is asked for once more.
 */
export const putList = async (client: SqlClient, userId: UserId, list: List): Promise<void> => {
	await run(client, {
		name: "put-remote-list",
		text: `INSERT INTO remote_device_lists AS o (user_id, stream_id) VALUES ($1, $2)
			ON CONFLICT (user_id) DO UPDATE SET stream_id = excluded.stream_id, is_stale = o.misses > $3, attempts = 0`,
		values: [userId, list.streamId, list.misses],
	});
	const before = await contentOf(client, userId);
	await run(client, {
		name: "clear-remote-devices",
		text: "DELETE FROM remote_devices WHERE user_id = $1",
		values: [userId],
	});
	for (const { deviceId, json } of list.devices) await putDevice(client, { userId, deviceId, json });
	await replaceCrossSigning(client, userId, list.crossSigning);
	if ((await contentOf(client, userId)) !== before) await noteRemoteChange(client, userId);
};

export const applyUpdate = async (client: SqlClient, userId: UserId, update: Update): Promise<boolean> => {
	const moved = await rows(client, {
		name: "move-remote-list",
		text: `UPDATE remote_device_lists SET stream_id = $3 WHERE user_id = $1 AND stream_id = $2 AND NOT is_stale RETURNING 1`,
		values: [userId, update.from, update.streamId],
	});
	if (moved.length === 0) return false;
	const { deviceId, json } = update;
	if (json !== undefined) await putDevice(client, { userId, deviceId, json });
	else {
		await run(client, {
			name: "remove-remote-device",
			text: "DELETE FROM remote_devices WHERE user_id = $1 AND device_id = $2",
			values: [userId, deviceId],
		});
	}
	await noteRemoteChange(client, userId);
	return true;
};

export const putRemoteCrossSigning = async (client: SqlClient, userId: UserId, keys: Keys): Promise<void> => {
	await replaceCrossSigning(client, userId, keys);
	await noteRemoteChange(client, userId);
};

const putDevice = (
	client: SqlClient,
	{ userId, deviceId, json }: { readonly userId: UserId; readonly deviceId: string; readonly json: string },
): Promise<void> =>
	run(client, {
		name: "put-remote-device",
		text: `INSERT INTO remote_devices (user_id, device_id, json) VALUES ($1, $2, $3)
			ON CONFLICT (user_id, device_id) DO UPDATE SET json = excluded.json, let_go_at = NULL`,
		values: [userId, deviceId, json],
	});

/** Everything that is known of a person, to be compared; of a list that was let go somebody may have heard otherwise since. */
const contentOf = async (client: SqlClient, userId: UserId): Promise<string> => {
	const found = await rows<{ content: string }>(client, {
		name: "content-of-remote-list",
		text: `SELECT coalesce(string_agg(x.json, ' ' ORDER BY x.json), '') AS content FROM (
			SELECT json FROM remote_devices WHERE user_id = $1 AND let_go_at IS NULL UNION ALL SELECT json FROM cross_signing_keys WHERE user_id = $1) x`,
		values: [userId],
	});
	return found[0]?.content ?? "";
};
