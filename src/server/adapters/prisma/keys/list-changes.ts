import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ListChanges } from "../../../keys/public.ts";
import { rows, type SqlClient } from "../sql.ts";

/** A member event of `m` between the two positions. Events that were outliers first have a number of their own. */
const movedBetween = (m: string): string => `(${m}.event_nid > $2 OR ${m}.event_nid < 0)
	AND EXISTS (SELECT FROM events e WHERE e.nid = ${m}.event_nid AND e.position > $2 AND e.position <= $3)`;

/** Was in the room before: the newer event changed a name, or a picture. */
const wasIn = (m: string): string => `EXISTS (SELECT FROM (
	SELECT p.json FROM events p WHERE p.room_nid = ${m}.room_nid AND p.type = 'm.room.member' AND p.state_key = ${m}.user_id
		AND p.position <= $2 AND p.verdict = 0 ORDER BY p.position DESC LIMIT 1
	) before WHERE before.json LIKE '%"membership":"join"%')`;

/**
 * The changes of people who share a room with the person; people who came into one of their rooms, or into whose room the
 * person came, for whatever they changed before was not told here; and people with whom the last common room is gone.
 */
const changes = `
WITH own AS (
	SELECT room_nid, user_id, event_nid FROM memberships WHERE user_id = $1 AND membership = 'join'
), changed AS (
	SELECT c.user_id FROM device_list_changes c WHERE c.stream_position > $2 AND c.stream_position <= $3
		AND (c.only_for = $1 OR (c.only_for = '' AND (c.user_id = $1 OR EXISTS (
			SELECT FROM own JOIN memberships m ON m.room_nid = own.room_nid AND m.user_id = c.user_id AND m.membership = 'join'))))
	UNION
	SELECT m.user_id FROM own JOIN memberships m ON m.room_nid = own.room_nid AND m.membership = 'join' AND m.user_id <> $1
	WHERE ${movedBetween("own")} AND NOT ${wasIn("own")}
	UNION
	SELECT m.user_id FROM own JOIN memberships m ON m.room_nid = own.room_nid AND m.membership = 'join' AND m.user_id <> $1
	WHERE ${movedBetween("m")} AND NOT ${wasIn("m")}
), parted AS (
	SELECT m.user_id FROM own JOIN memberships m ON m.room_nid = own.room_nid AND m.membership IN ('leave', 'ban')
	WHERE ${movedBetween("m")}
	UNION
	SELECT m.user_id FROM memberships g JOIN memberships m ON m.room_nid = g.room_nid AND m.membership = 'join'
	WHERE g.user_id = $1 AND g.membership IN ('leave', 'ban') AND ${movedBetween("g")}
)
SELECT user_id, false AS has_left FROM changed
UNION ALL
SELECT p.user_id, true FROM parted p WHERE p.user_id <> $1 AND NOT EXISTS (
	SELECT FROM own JOIN memberships m ON m.room_nid = own.room_nid AND m.user_id = p.user_id AND m.membership = 'join')`;

export const changesFor = async (
	client: SqlClient,
	userId: UserId,
	{ from, to }: { readonly from: number; readonly to: number },
): Promise<ListChanges> => {
	const found = await rows<{ user_id: UserId; has_left: boolean }>(client, {
		name: "device-list-changes-for",
		text: changes,
		values: [userId, from, to],
	});
	return {
		changed: found.filter((row) => !row.has_left).map((row) => row.user_id),
		left: found.filter((row) => row.has_left).map((row) => row.user_id),
	};
};
