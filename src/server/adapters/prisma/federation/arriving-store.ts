import type { EventId, RoomId, ServerName, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ArrivingRoom, ArrivingStore, LaterEvent, WronglyDeleted } from "../../../federation/public.ts";
import { rows, run, type SqlClient } from "../sql.ts";

interface ArrivingRecord {
	room_nid: number;
	id: RoomId;
	event_id: EventId;
	position: number;
	state_group_id: number;
	servers: ServerName[];
	attempts: number;
	has_changed: boolean;
}

const arriving = `SELECT a.room_nid, r.id, e.event_id, e.position, e.state_group_id, a.servers, a.attempts, r.renewed_at > e.position AS has_changed
	FROM arriving_members a JOIN rooms r ON r.nid = a.room_nid JOIN events e ON e.nid = a.join_nid`;

/** Rooms whose memberships are arriving, on PostgreSQL. */
export const createArrivingStore = (client: SqlClient): ArrivingStore => ({
	due: async (now, limit) => {
		const text = `${arriving} WHERE a.next_try_at <= $1 ORDER BY a.next_try_at LIMIT $2::int`;
		const found = await rows<ArrivingRecord>(client, { name: "arriving-due", text, values: [new Date(now), limit] });
		return found.map(toRoom);
	},
	room: async (roomId) => {
		const text = `${arriving} WHERE r.id = $1`;
		const [found] = await rows<ArrivingRecord>(client, { name: "arriving-room", text, values: [roomId] });
		return found && toRoom(found);
	},
	failed: (roomNid, { at, lastError }) =>
		run(client, {
			name: "arriving-failed",
			text: `UPDATE arriving_members SET attempts = attempts + 1, next_try_at = $2, last_error = $3 WHERE room_nid = $1`,
			values: [roomNid, new Date(at), lastError],
		}),
	forget: (roomNid) =>
		run(client, {
			name: "arriving-forgotten",
			text: "DELETE FROM arriving_members WHERE room_nid = $1",
			values: [roomNid],
		}),
	eventsAfter: (roomNid, position, limit) =>
		rows<LaterEvent>(client, {
			name: "events-since-join",
			text: `SELECT event_id AS "eventId", position FROM events
				WHERE room_nid = $1 AND position > $2::int8 AND verdict <> 1 ORDER BY position LIMIT $3::int`,
			values: [roomNid, position, limit],
		}),
	standingAlone: async (groupIds) => {
		const found = await rows<{ id: number }>(client, {
			name: "groups-standing-alone",
			text: "SELECT id FROM state_groups WHERE id = ANY($1::int8[]) AND base_id IS NULL",
			values: [groupIds],
		});
		return new Set(found.map((row) => row.id));
	},
	lastMessageBefore: async (roomNid, position) => {
		// A message is what the count went up with.
		const text = `SELECT e.nid, e.message_ordinal AS ordinal FROM events e
			WHERE e.room_nid = $1 AND e.position > 0 AND e.position < $2::int8 AND e.verdict = 0 AND e.message_ordinal > coalesce((
				SELECT p.message_ordinal FROM events p WHERE p.room_nid = $1 AND p.position > 0 AND p.position < e.position
					AND p.verdict = 0 ORDER BY p.position DESC LIMIT 1), 0)
			ORDER BY e.position DESC LIMIT 1`;
		const [found] = await rows<{ nid: number; ordinal: number }>(client, {
			...{ name: "last-message-before", text, values: [roomNid, position] },
		});
		return found;
	},
	wronglyDeleted: (roomNid) =>
		rows<WronglyDeleted>(client, {
			name: "wrongly-deleted",
			text: `SELECT e.nid, e.event_id AS "eventId", e.sender FROM events d
				JOIN event_relations x ON x.event_nid = d.nid AND x.kind = 'redaction'
				JOIN events e ON e.event_id = x.target_event_id AND e.redacted_by_nid = d.nid
				WHERE d.room_nid = $1 AND d.position > 0 AND d.verdict = 1`,
			values: [roomNid],
		}),
	membersHere: async (roomNid) => {
		const found = await rows<{ user_id: UserId }>(client, {
			name: "members-here-of-room",
			text: "SELECT user_id FROM memberships WHERE room_nid = $1 AND is_local AND membership = 'join'",
			values: [roomNid],
		});
		return found.map((row) => row.user_id);
	},
});

const toRoom = (row: ArrivingRecord): ArrivingRoom => ({
	roomNid: row.room_nid,
	roomId: row.id,
	joinId: row.event_id,
	joinPosition: row.position,
	joinGroupId: row.state_group_id,
	servers: row.servers,
	attempts: row.attempts,
	hasChanged: row.has_changed,
});
