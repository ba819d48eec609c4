import { restoreEvent } from "../../../../../federation/events/parse-event.ts";
import type { RoomEvent, StateEvent } from "../../../../../federation/events/room-event.ts";
import { stateMapKey } from "../../../../../federation/events/state-key.ts";
import type { EventId, RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../../federation/json/parse-json.ts";
import type { RoomVersion } from "../../../../../federation/room-versions/room-version.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { WireRoomKind } from "../../../../shared/wire/room.ts";
import type { Extremity, RoomHead, RoomRow, StateEntry } from "../../../rooms/append/room-head.ts";
import { rows, type SqlClient } from "../sql.ts";
import { storedEncryption } from "../stored-encryption.ts";

interface RoomRecord {
	nid: number;
	id: RoomId;
	version: string;
	kind: WireRoomKind;
	creator_id: UserId;
	create_txn_id: string | null;
	head_position: number;
	depth: number;
	state_group_id: number | null;
	state_height: number | null;
	message_count: number;
	last_message_nid: number | null;
	last_activity: number;
	name: string | null;
	topic: string | null;
	avatar_url: string | null;
	join_rule: string;
	history_visibility: string;
	joined_count: number;
	invited_count: number;
	replacement_room_id: RoomId | null;
	encryption: string | null;
	has_remote: boolean;
	is_arriving: boolean;
}

interface StateRecord {
	room_nid: number;
	nid: number;
	event_id: EventId;
	json: string;
	chain_id: number;
	sequence: number;
	is_tail: boolean;
}

/** Nothing comes after the event in its chain: the place where it may be continued. `c` is the event's place. */
export const isTail = `NOT EXISTS (SELECT FROM auth_chain_entries n WHERE n.chain_id = c.chain_id AND n.sequence = c.sequence + 1)
	AS is_tail`;

/** The stored head position of each room. */
export const headPositions = async (
	client: SqlClient,
	roomNids: readonly number[],
): Promise<ReadonlyMap<number, number>> => {
	const found = await rows<{ nid: number; head_position: number }>(client, {
		name: "head-positions",
		text: "SELECT nid, head_position FROM rooms WHERE nid = ANY($1::int[])",
		values: [roomNids],
	});
	return new Map(found.map((row) => [row.nid, row.head_position]));
};

const findRooms = (client: SqlClient, roomIds: readonly RoomId[]): Promise<RoomRecord[]> =>
	rows<RoomRecord>(client, {
		name: "load-rooms",
		text: `SELECT r.*, g.height AS state_height,
			EXISTS (SELECT 1 FROM memberships m WHERE m.room_nid = r.nid AND NOT m.is_local AND m.membership = 'join') AS has_remote,
			EXISTS (SELECT FROM arriving_members a WHERE a.room_nid = r.nid) AS is_arriving
			FROM rooms r LEFT JOIN state_groups g ON g.id = r.state_group_id WHERE r.id = ANY($1::text[])`,
		values: [roomIds],
	});

/** The rooms as lists show them, and how far their states are from the beginning of their deltas. */
export const loadRows = async (
	client: SqlClient,
	roomIds: readonly RoomId[],
): Promise<readonly Pick<RoomHead, "row" | "stateHeight">[]> =>
	(await findRooms(client, roomIds)).map((record) => ({ row: toRow(record), stateHeight: record.state_height ?? 0 }));

/** The rooms' heads with all present state but the members. */
export const loadHeads = async (client: SqlClient, roomIds: readonly RoomId[]): Promise<readonly RoomHead[]> => {
	const records = await findRooms(client, roomIds);
	const nids = records.map((record) => record.nid);
	if (nids.length === 0) return [];
	const state = await rows<StateRecord>(client, {
		name: "load-room-state",
		text: `SELECT s.room_nid, e.nid, e.event_id, e.json, c.chain_id, c.sequence, ${isTail} FROM current_state s
			JOIN events e ON e.nid = s.event_nid JOIN auth_chain_entries c ON c.event_nid = e.nid
			WHERE s.room_nid = ANY($1::int[]) AND s.type <> 'm.room.member'`,
		values: [nids],
	});
	const extremities = await rows<{ room_nid: number; nid: number; event_id: EventId; depth: number }>(client, {
		name: "load-extremities",
		text: `SELECT x.room_nid, e.nid, e.event_id, e.depth FROM forward_extremities x JOIN events e ON e.nid = x.event_nid
			WHERE x.room_nid = ANY($1::int[]) ORDER BY e.nid`,
		values: [nids],
	});
	return records.map((record) =>
		toHead(record, {
			state: state.filter((row) => row.room_nid === record.nid),
			extremities: extremities
				.filter((row) => row.room_nid === record.nid)
				.map((row) => ({ nid: row.nid, eventId: row.event_id, depth: row.depth })),
		}),
	);
};

/** Member events of the room: of these people, or of all. */
export const loadMembers = async (
	client: SqlClient,
	head: RoomHead,
	userIds: readonly UserId[] | "all",
): Promise<readonly StateEntry[]> => {
	const members = `SELECT s.room_nid, e.nid, e.event_id, e.json, c.chain_id, c.sequence, ${isTail} FROM current_state s
		JOIN events e ON e.nid = s.event_nid JOIN auth_chain_entries c ON c.event_nid = e.nid
		WHERE s.room_nid = $1 AND s.type = 'm.room.member'`;
	const found = await rows<StateRecord>(
		client,
		userIds === "all"
			? { name: "load-all-members", text: members, values: [head.row.nid] }
			: {
					name: "load-members",
					text: `${members} AND s.state_key = ANY($2::text[])`,
					values: [head.row.nid, userIds],
				},
	);
	return found.map((row) => toStateEntry(row, head.version));
};

/** Numbers for rooms that are about to be made. */
export const reserveRoomNids = async (client: SqlClient, count: number): Promise<readonly number[]> => {
	const found = await rows<{ nid: number }>(client, {
		name: "reserve-room-nids",
		text: "SELECT nextval(pg_get_serial_sequence('rooms', 'nid'))::int AS nid FROM generate_series(1, $1::int)",
		values: [count],
	});
	return found.map((row) => row.nid);
};

/** Reads an event as it was stored; a stored event that does not parse is a broken invariant. */
export const parseStoredEvent = (stored: { json: string; event_id: EventId }, version: RoomVersion): RoomEvent => {
	const parsed = parseJson(stored.json);
	if (parsed.kind === "refused") throw new Error(`a stored event is no JSON: ${parsed.reason}`);
	return restoreEvent(parsed.value as JsonObject, version, stored.event_id);
};

const toStateEntry = (row: StateRecord, version: RoomVersion): StateEntry => ({
	nid: row.nid,
	event: parseStoredEvent(row, version) as StateEvent,
	chain: { chainId: row.chain_id, sequence: row.sequence, isTail: row.is_tail },
});

const toHead = (
	record: RoomRecord,
	parts: { readonly state: readonly StateRecord[]; readonly extremities: readonly Extremity[] },
): RoomHead => {
	const version = roomVersion(record.version);
	if (version === undefined) throw new Error(`room version ${record.version} is stored but not understood`);
	const entries = parts.state.map((row) => toStateEntry(row, version));
	return {
		row: toRow(record),
		version,
		extremities: parts.extremities,
		stateHeight: record.state_height ?? 0,
		state: new Map(entries.map((entry) => [stateMapKey(entry.event.type, entry.event.stateKey), entry])),
		members: new Map(),
		hasAllMembers: false,
		hasRemoteMembers: record.has_remote || record.is_arriving,
		areMembersArriving: record.is_arriving,
	};
};

const toRow = (record: RoomRecord): RoomRow => ({
	nid: record.nid,
	roomId: record.id,
	version: record.version,
	kind: record.kind,
	creatorId: record.creator_id,
	createTransactionId: record.create_txn_id ?? undefined,
	headPosition: record.head_position,
	depth: record.depth,
	stateGroupId: record.state_group_id ?? undefined,
	messageCount: record.message_count,
	lastMessageNid: record.last_message_nid ?? undefined,
	lastActivity: record.last_activity,
	name: record.name ?? undefined,
	topic: record.topic ?? undefined,
	avatarUrl: record.avatar_url ?? undefined,
	joinRule: record.join_rule,
	historyVisibility: record.history_visibility,
	joinedCount: record.joined_count,
	invitedCount: record.invited_count,
	replacementRoomId: record.replacement_room_id ?? undefined,
	encryption: storedEncryption(record.encryption),
});
