import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../../../federation/json/canonical-json.ts";
import { jsonObject } from "../../../../../federation/json/json-object.ts";
import type { JsonObject, JsonValue } from "../../../../../federation/json/json-value.ts";
import { shownCrossSigningKey, shownDevice } from "../../../keys/public.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { crossSigningOf, devicesOf, signaturesOn } from "./read-keys.ts";

/** What changed of a person. */
export interface ListChange {
	readonly userId: UserId;
	/** Devices that are new, changed or gone. */
	readonly deviceIds: readonly string[];
	readonly isCrossSigningNew?: boolean;
}

/**
 * Gives the change its place in the stream and puts it down for the other servers that share a room with the person, in
 * the order in which they must hear of it. Locks the stream's head: it is the last thing in a transaction.
 */
export const changeDeviceList = async (client: SqlClient, change: ListChange): Promise<void> => {
	const { userId, deviceIds, isCrossSigningNew = false } = change;
	const position = await advanceStream(client, Math.max(1, deviceIds.length));
	const values = [userId, position, deviceIds.length > 0];
	const [old] = await rows<{ list_id: number }>(client, { name: "change-device-list", text: moveList, values });
	const servers = await serversWith(client, userId);
	if (servers.length === 0) return;
	const [devices, crossSigning, signatures] = await Promise.all([
		devicesOf(client, [userId]),
		isCrossSigningNew ? crossSigningOf(client, [userId]) : [],
		signaturesOn(client, [userId], undefined),
	]);
	const first = position - deviceIds.length + 1;
	const updates = deviceIds.map((deviceId, index): JsonObject => {
		const prevId = index === 0 ? (old?.list_id ?? 0) : first + index - 1;
		const device = devices.find((each) => each.deviceId === deviceId);
		const keys = device === undefined ? undefined : shownDevice(device, signatures, undefined);
		return jsonObject([
			["user_id", userId],
			["device_id", deviceId],
			["stream_id", first + index],
			["prev_id", prevId === 0 ? [] : [prevId]],
			...(keys === undefined ? ([["deleted", true]] as const) : ([["keys", keys]] as const)),
		]);
	});
	const edus: (readonly [string, JsonObject])[] = updates.map((content) => ["m.device_list_update", content]);
	if (isCrossSigningNew) {
		const keyOf = (usage: string): readonly (readonly [string, JsonValue])[] => {
			const key = crossSigning.find((each) => each.usage === usage);
			return key === undefined ? [] : [[`${usage}_key`, shownCrossSigningKey(key, signatures)]];
		};
		edus.push([
			"m.signing_key_update",
			jsonObject([["user_id", userId], ...keyOf("master"), ...keyOf("self_signing")]),
		]);
	}
	await putEdus(client, servers, edus);
};

/** Only this person has to know: what somebody signed of others is for their own devices. */
export const noteForSigner = (client: SqlClient, signerId: UserId, userIds: readonly UserId[]): Promise<void> =>
	run(client, {
		name: "note-signed-people",
		text: `WITH advanced AS (UPDATE stream_head SET position = position + 1 WHERE id = 1 RETURNING position)
			INSERT INTO device_list_changes (user_id, only_for, stream_position)
			SELECT u, $1, position FROM advanced, unnest($2::text[]) AS u
			ON CONFLICT (user_id, only_for) DO UPDATE SET stream_position = excluded.stream_position`,
		values: [signerId, userIds],
	});

/** Puts EDUs down for servers, in their order. */
export const putEdus = (
	client: SqlClient,
	servers: readonly string[],
	edus: readonly (readonly [string, JsonObject])[],
): Promise<void> =>
	run(client, {
		name: "put-edus",
		text: `INSERT INTO outgoing_edus (destination, type, content)
			SELECT d, e.type, e.content FROM unnest($1::text[]) AS d
			CROSS JOIN unnest($2::text[], $3::text[]) WITH ORDINALITY AS e(type, content, at) ORDER BY d, e.at`,
		values: [servers, edus.map(([type]) => type), edus.map(([, content]) => encodeCanonicalJson(content))],
	});

/** `old` is what the last change left: this statement begins under the lock, and sees it. */
const moveList = `
WITH old AS (
	SELECT list_id FROM device_list_changes WHERE user_id = $1 AND only_for = ''
), moved AS (
	INSERT INTO device_list_changes AS c (user_id, only_for, stream_position, list_id)
	VALUES ($1, '', $2::int8, CASE WHEN $3 THEN $2::int8 ELSE 0 END)
	ON CONFLICT (user_id, only_for) DO UPDATE SET stream_position = excluded.stream_position,
		list_id = CASE WHEN $3 THEN excluded.list_id ELSE c.list_id END
)
SELECT coalesce((SELECT list_id FROM old), 0) AS list_id`;

/** Takes so many positions of the stream; answers the last one. The lock holds until the transaction ends. */
export const advanceStream = async (client: SqlClient, by: number): Promise<number> => {
	const [head] = await rows<{ position: number }>(client, {
		name: "advance-stream",
		text: "UPDATE stream_head SET position = position + $1::int WHERE id = 1 RETURNING position",
		values: [by],
	});
	if (head === undefined) throw new Error("stream_head has no row");
	return head.position;
};

const serversWith = async (client: SqlClient, userId: UserId): Promise<readonly string[]> => {
	const found = await rows<{ name: string }>(client, {
		name: "servers-with-person",
		text: `SELECT DISTINCT substr(o.user_id, strpos(o.user_id, ':') + 1) AS name
			FROM memberships own JOIN memberships o ON o.room_nid = own.room_nid AND NOT o.is_local AND o.membership = 'join'
			WHERE own.user_id = $1 AND own.membership = 'join'`,
		values: [userId],
	});
	return found.map(({ name }) => name);
};
