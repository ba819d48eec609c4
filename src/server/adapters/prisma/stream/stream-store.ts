import type pg from "pg";
import type { AudienceMember, DeliveredFloor, LoadedAudience, RoomFacts, StreamStore } from "../../../stream/public.ts";
import { createDeviceNewsStore } from "../keys/device-news-store.ts";
import { rows } from "../sql.ts";
import { shownEncryption } from "../stored-encryption.ts";
import { knockCount } from "../timeline/knock-count.ts";
import { hasBounds } from "../timeline/room-bounds.ts";
import { isUnwanted, type TakesNoInvitations, takesAll } from "../timeline/unwanted-invitation.ts";
import { createAccountDataStore } from "./account-data-store.ts";
import { marksBetween } from "./marks-between.ts";
import { othersReached } from "./others-reached.ts";
import { createPresenceStore } from "./presence-store.ts";

interface AudienceRecord {
	room_nid: number;
	as_of: number;
	user_id: string;
	display_name: string | null;
	avatar_url: string | null;
	membership: "join" | "invite";
	sender: string;
	event_nid: number;
	joined_ordinal: number;
	read_ordinal: number;
	read_position: number;
	mentions: number[];
}

/** Of people of other servers nobody is connected here: so many of a room are known by name, the oldest. */
const namedRemotes = (membership: string, limit: number): string => `
	SELECT o.room_nid, o.user_id FROM unnest($1::int4[]) AS g(room_nid) CROSS JOIN LATERAL (
		SELECT h.room_nid, h.user_id FROM memberships h
		WHERE h.room_nid = g.room_nid AND h.membership = '${membership}' AND NOT h.is_local ORDER BY h.event_nid LIMIT ${limit}
	) o`;

const audience = `
WITH remote AS MATERIALIZED (${namedRemotes("join", 50)} UNION ALL ${namedRemotes("invite", 5)})
SELECT m.room_nid, r.head_position AS as_of, m.user_id, m.display_name, m.avatar_url, m.membership, m.sender, m.event_nid,
	m.joined_ordinal,
	greatest(m.joined_ordinal, coalesce(read.ordinal, 0)) AS read_ordinal, coalesce(read.position, 0) AS read_position,
	ARRAY(SELECT n.position FROM mentions n JOIN events e ON e.nid = n.position AND e.verdict = 0 AND e.redacted_by_nid IS NULL
		WHERE n.room_nid = m.room_nid AND n.user_id IN (m.user_id, '*')
		AND n.position > coalesce(read.position, 0)
		AND (CASE m.membership WHEN 'join' THEN e.message_ordinal > m.joined_ordinal ELSE n.position > m.event_nid END) ORDER BY n.position LIMIT 100) AS mentions
FROM memberships m JOIN rooms r ON r.nid = m.room_nid
LEFT JOIN (
	SELECT room_nid, user_id, max(message_ordinal) AS ordinal, max(position) AS position FROM receipts
	WHERE room_nid = ANY($1::int4[]) GROUP BY room_nid, user_id
) read ON read.room_nid = m.room_nid AND read.user_id = m.user_id
WHERE m.room_nid = ANY($1::int4[]) AND m.membership IN ('join', 'invite')
	AND (m.is_local OR (m.room_nid, m.user_id) IN (SELECT room_nid, user_id FROM remote)) AND NOT ${isUnwanted("m", "$2")}
ORDER BY m.event_nid`;

/** The other servers count as one more person, whose devices have everything that none of the servers still awaits. */
const floors = `
WITH reached AS (
	SELECT m.room_nid, m.user_id, coalesce(max(s.acked_position), 0) AS position FROM memberships m
	LEFT JOIN sessions s ON s.user_id = m.user_id AND s.revoked_at IS NULL
	WHERE m.room_nid = ANY($1::int4[]) AND m.is_local AND m.membership = 'join' GROUP BY m.room_nid, m.user_id
	UNION ALL
	${othersReached("r.nid = ANY($1::int4[])")}
), ranked AS (
	SELECT *, row_number() OVER (PARTITION BY room_nid ORDER BY position, user_id) AS rank FROM reached
)
SELECT r.nid AS room_nid, r.id AS room_id, k.user_id, k.position, k.rank FROM ranked k JOIN rooms r ON r.nid = k.room_nid
WHERE k.rank <= 2 ORDER BY r.nid, k.rank`;

/** The stream's own reads and writes on PostgreSQL. `takesNone`: people here get no invitations from other servers. */
export const createStreamStore = (pool: pg.Pool, takesNone: TakesNoInvitations = takesAll): StreamStore => ({
	position: async () => {
		const [head] = await rows<{ position: number }>(pool, {
			name: "stream-position",
			text: "SELECT position FROM stream_head WHERE id = 1",
		});
		return head?.position ?? 0;
	},
	loadAudiences: async (roomNids) =>
		toAudiences(
			await rows<AudienceRecord>(pool, { name: "load-audiences", text: audience, values: [roomNids, takesNone()] }),
		),
	shownMembers: async (people) => {
		const found = await rows<{ room_nid: number; user_id: string; name: string | null; avatar_url: string | null }>(
			pool,
			{
				name: "shown-members",
				text: `SELECT m.room_nid, m.user_id, m.display_name AS name, m.avatar_url
				FROM unnest($1::int4[], $2::text[]) AS p(room_nid, user_id)
				JOIN memberships m ON m.room_nid = p.room_nid AND m.user_id = p.user_id`,
				values: [people.map(({ roomNid }) => roomNid), people.map(({ userId }) => userId)],
			},
		);
		return found.map((row) => ({
			...{ roomNid: row.room_nid, userId: row.user_id, displayName: row.name ?? row.user_id },
			avatarUrl: row.avatar_url ?? undefined,
		}));
	},
	roomFacts: async (roomNids) => {
		const found = await rows<FactsRecord>(pool, {
			name: "room-facts",
			text: `SELECT nid, id, kind, name, topic, avatar_url, joined_count, invited_count, last_activity, head_position,
				last_message_nid,
				message_count, ${knockCount("r")} AS knock_count, ${hasBounds("'join'")} AS has_bounds, replacement_room_id, encryption, history_visibility FROM rooms r WHERE nid = ANY($1::int4[])`,
			values: [roomNids],
		});
		return found.map(toFacts);
	},
	marksBetween: (from, to) => marksBetween(pool, from, to),
	...createAccountDataStore(pool),
	...createPresenceStore(pool),
	...createDeviceNewsStore(pool),
	deliveredFloors: async (roomNids) =>
		toFloors(await rows<FloorRecord>(pool, { name: "delivered-floors", text: floors, values: [roomNids] })),
	acknowledge: async (acknowledged) => {
		const moved = await rows<{ user_id: string }>(pool, {
			name: "acknowledge",
			text: `UPDATE sessions s SET acked_position = greatest(s.acked_position, a.position)
				FROM unnest($1::text[], $2::int8[]) AS a(id, position) WHERE s.id = a.id AND s.acked_position < a.position
				RETURNING s.user_id`,
			values: [acknowledged.map((row) => row.sessionId), acknowledged.map((row) => row.position)],
		});
		return moved.map((row) => row.user_id);
	},
});

const toAudiences = (records: readonly AudienceRecord[]): readonly LoadedAudience[] => {
	const audiences = new Map<number, { asOf: number; members: AudienceMember[] }>();
	for (const row of records) {
		const loaded = audiences.get(row.room_nid) ?? { asOf: row.as_of, members: [] };
		audiences.set(row.room_nid, loaded);
		loaded.members.push({
			userId: row.user_id,
			displayName: row.display_name ?? row.user_id,
			avatarUrl: row.avatar_url ?? undefined,
			membership: row.membership,
			invitedBy: row.membership === "invite" ? row.sender : undefined,
			memberNid: row.event_nid,
			joinedOrdinal: row.joined_ordinal,
			readOrdinal: row.read_ordinal,
			readPosition: row.read_position,
			mentions: row.mentions,
		});
	}
	return [...audiences].map(([roomNid, loaded]) => ({ roomNid, ...loaded }));
};

interface FactsRecord {
	nid: number;
	id: string;
	kind: RoomFacts["kind"];
	name: string | null;
	topic: string | null;
	avatar_url: string | null;
	joined_count: number;
	invited_count: number;
	knock_count: number;
	last_activity: number;
	head_position: number;
	last_message_nid: number | null;
	message_count: number;
	has_bounds: boolean;
	replacement_room_id: string | null;
	encryption: string | null;
	history_visibility: string;
}

const toFacts = (row: FactsRecord): RoomFacts => ({
	roomNid: row.nid,
	roomId: row.id,
	kind: row.kind,
	name: row.name ?? undefined,
	topic: row.topic ?? undefined,
	avatarUrl: row.avatar_url ?? undefined,
	joinedCount: row.joined_count,
	invitedCount: row.invited_count,
	knockCount: row.knock_count,
	lastActivity: row.last_activity,
	headPosition: row.head_position,
	lastMessageNid: row.last_message_nid ?? undefined,
	messageCount: row.message_count,
	hasBounds: row.has_bounds,
	replacementRoomId: row.replacement_room_id ?? undefined,
	encryption: shownEncryption(row.encryption, row.history_visibility),
});

interface FloorRecord {
	room_nid: number;
	room_id: string;
	user_id: string;
	position: number;
	rank: number;
}

const toFloors = (records: readonly FloorRecord[]): readonly DeliveredFloor[] =>
	records.flatMap((row, index) => {
		if (row.rank !== 1) return [];
		const next = records[index + 1];
		const second = next?.room_nid === row.room_nid ? { userId: next.user_id, position: next.position } : undefined;
		const lowest = { userId: row.user_id, position: row.position };
		return [{ roomNid: row.room_nid, roomId: row.room_id, lowest, second }];
	});
