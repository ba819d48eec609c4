import type { EventId, RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { roomVersion } from "../../../../../federation/room-versions/room-versions.ts";
import type { RoomGraph } from "../../../rooms/graph-ports.ts";
import { RoomEnds } from "../../../rooms/room-ends.ts";
import { rows, type SqlClient } from "../sql.ts";
import { findGraphEvents, findRedactions } from "./find-events.ts";
import { findBeforeUnaccepted, findEndsBehind, isUnacceptedFollowed } from "./look-through.ts";
import { readAuthChains, readChainPlaces } from "./read-chains.ts";
import { readCurrentState, readGroupState, readStateOfEvents } from "./read-states.ts";

/** The graphs of rooms on PostgreSQL, read through a pool or within a transaction. */
export const createRoomGraph = (client: SqlClient): RoomGraph => ({
	room: (roomId) => findRoom(client, roomId),
	isHere: async (roomNid) => {
		const [found] = await rows(client, {
			name: "is-room-here",
			text: `SELECT FROM rooms r WHERE r.nid = $1 AND r.state_group_id IS NOT NULL AND EXISTS (
				SELECT FROM memberships m WHERE m.room_nid = r.nid AND m.is_local AND m.membership = 'join')`,
			values: [roomNid],
		});
		return found !== undefined;
	},
	find: (eventIds) => findGraphEvents(client, eventIds),
	stateOf: (groupId, keys) => readGroupState(client, groupId, keys),
	stateOfEvents: (roomNid, eventIds) => readStateOfEvents(client, roomNid, eventIds),
	heightsOf: async (groupIds) => {
		const found = await rows<{ id: number; height: number }>(client, {
			name: "heights-of-groups",
			text: "SELECT id, height FROM state_groups WHERE id = ANY($1::int8[])",
			values: [groupIds],
		});
		return new Map(found.map((row) => [row.id, row.height]));
	},
	currentState: (roomId, keys) => readCurrentState(client, roomId, keys),
	ends: async (roomNid) => {
		const found = await rows<{ nid: number; state_group_id: number }>(client, {
			name: "extremities-with-states",
			text: `SELECT e.nid, e.state_group_id FROM forward_extremities x JOIN events e ON e.nid = x.event_nid
				WHERE x.room_nid = $1 ORDER BY e.nid`,
			values: [roomNid],
		});
		return new RoomEnds(found.map((row) => ({ nid: row.nid, stateGroupId: row.state_group_id })));
	},
	hasEnds: async (roomNid) => {
		const text = "SELECT EXISTS (SELECT FROM forward_extremities WHERE room_nid = $1) AS yes";
		const [found] = await rows<{ yes: boolean }>(client, { name: "has-ends", text, values: [roomNid] });
		return found?.yes === true;
	},
	chainPlaces: (eventIds) => readChainPlaces(client, eventIds),
	authChains: (roomNid) => readAuthChains(client, roomNid),
	waitingFor: (roomNid, eventId) => findWaiting(client, roomNid, eventId),
	beforeUnaccepted: (nids) => findBeforeUnaccepted(client, nids),
	isUnacceptedFollowed: (nids) => isUnacceptedFollowed(client, nids),
	endsBehind: (nid) => findEndsBehind(client, nid),
	awaited: (events) => findAwaited(client, events),
	redactionsOf: (eventId) => findRedactions(client, eventId),
	rumouredMembers: async (roomNid) => {
		const found = await rows<{ user_id: UserId }>(client, {
			name: "rumoured-members",
			text: `SELECT m.user_id FROM memberships m WHERE m.room_nid = $1 AND m.membership IN ('join', 'invite')
				AND NOT EXISTS (SELECT FROM current_state s WHERE s.room_nid = m.room_nid AND s.type = 'm.room.member'
					AND s.state_key = m.user_id AND s.event_nid = m.event_nid)`,
			values: [roomNid],
		});
		return found.map((row) => row.user_id);
	},
	reserveAsideNids: async (count) => {
		const found = await rows<{ nid: number }>(client, {
			name: "reserve-aside-nids",
			text: "SELECT nextval('event_aside_nids') AS nid FROM generate_series(1, $1::int)",
			values: [count],
		});
		return found.map((row) => row.nid);
	},
});

const findRoom: (client: SqlClient, roomId: RoomId) => ReturnType<RoomGraph["room"]> = async (client, roomId) => {
	const [found] = await rows<{ nid: number; version: string; is_arriving: boolean; has_policy: boolean }>(client, {
		name: "room-of-graph",
		text: `SELECT r.nid, r.version, EXISTS (SELECT FROM arriving_members a WHERE a.room_nid = r.nid) AS is_arriving,
			EXISTS (SELECT FROM current_state s WHERE s.room_nid = r.nid AND s.type = 'm.room.policy' AND s.state_key = '') AS has_policy
			FROM rooms r WHERE r.id = $1`,
		values: [roomId],
	});
	if (found === undefined) return undefined;
	const version = roomVersion(found.version);
	if (version === undefined) throw new Error(`room version ${found.version} is stored but not understood`);
	return { nid: found.nid, version, areMembersArriving: found.is_arriving, namesPolicyServer: found.has_policy };
};

const findWaiting = async (
	client: SqlClient,
	roomNid: number,
	eventId: EventId,
): Promise<readonly { readonly nid: number; readonly isAccepted: boolean }[]> => {
	const found = await rows<{ nid: number; verdict: number }>(client, {
		name: "waiting-for-event",
		text: `SELECT e.nid, e.verdict FROM backward_extremities b JOIN events e ON e.nid = b.event_nid
			WHERE b.room_nid = $1 AND b.prev_event_id = $2`,
		values: [roomNid, eventId],
	});
	return found.map((row) => ({ nid: row.nid, isAccepted: row.verdict === 0 }));
};

const findAwaited: (
	client: SqlClient,
	events: Parameters<RoomGraph["awaited"]>[0],
) => ReturnType<RoomGraph["awaited"]> = async (client, events) => {
	const found = await rows<{ event_id: EventId }>(client, {
		name: "awaited-events",
		text: `WITH asked AS (SELECT * FROM unnest($1::int4[], $2::text[]) AS a(room_nid, event_id))
				SELECT a.event_id FROM asked a WHERE EXISTS (SELECT FROM backward_extremities b
						WHERE b.room_nid = a.room_nid AND b.prev_event_id = a.event_id)
					OR EXISTS (SELECT FROM event_relations x WHERE x.target_event_id = a.event_id AND x.kind = 'redaction')`,
		values: [events.map(({ roomNid }) => roomNid), events.map(({ eventId }) => eventId)],
	});
	return new Set(found.map((row) => row.event_id));
};
