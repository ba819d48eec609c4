import type { EventId, RoomId, ServerName } from "@federation/identifiers/identifier-types.ts";
import { createRoomGraph } from "../../../src/server/adapters/prisma/graph/room-graph.ts";
import type { SimulatedKith } from "./simulated-kith.ts";

export interface StoredCopy {
	readonly eventId: EventId;
	readonly type: string;
	readonly stateKey: string | null;
	readonly sender: string;
	readonly depth: number;
	/** null: an outlier. */
	readonly position: number | null;
	/** 0 accepted, 1 rejected, 2 soft-failed. */
	readonly verdict: number;
	readonly json: string;
	readonly content: { readonly membership?: string; readonly [key: string]: unknown };
	readonly prevEvents: readonly EventId[];
	readonly authEvents: readonly EventId[];
	readonly isRedacted: boolean;
	readonly redacts: string | undefined;
}

/** A room as one server has it. */
export interface RoomCopy {
	readonly server: ServerName;
	readonly events: ReadonlyMap<EventId, StoredCopy>;
	/** The present state: event ids by type and state key. */
	readonly state: ReadonlyMap<string, EventId>;
	/** The same as its state group has it. */
	readonly groupState: ReadonlyMap<string, EventId>;
	readonly members: ReadonlyMap<string, string>;
	readonly ends: readonly EventId[];
	/** Where the server's copy ends towards the past: named, and not stored. */
	readonly awaited: readonly EventId[];
	/** What is less deep is from before the server came in. */
	readonly entryDepth: number;
	readonly row: RoomFacts;
}

export interface RoomFacts {
	readonly name: string | null;
	readonly topic: string | null;
	readonly joinRule: string;
	readonly historyVisibility: string;
	readonly joinedCount: number;
	readonly invitedCount: number;
}

interface RoomRecord extends RoomFacts {
	readonly nid: number;
	readonly groupId: number | null;
	readonly entryDepth: number;
	readonly isHere: boolean;
}

const roomText = `SELECT r.nid, r.state_group_id AS "groupId", r.entry_depth AS "entryDepth", r.name, r.topic, r.join_rule AS "joinRule",
	r.history_visibility AS "historyVisibility", r.joined_count AS "joinedCount", r.invited_count AS "invitedCount",
	EXISTS (SELECT FROM memberships m WHERE m.room_nid = r.nid AND m.is_local AND m.membership = 'join') AS "isHere"
	FROM rooms r WHERE r.id = $1`;

const eventsText = `SELECT event_id AS "eventId", depth, type, state_key AS "stateKey", sender, position, verdict, json,
	redacted_by_nid IS NOT NULL AS "isRedacted" FROM events WHERE room_nid = $1`;

/** Reads a room as the server has it; undefined: nobody of the server is in it. */
export const readCopy = async ({ name, disk }: SimulatedKith, roomId: RoomId): Promise<RoomCopy | undefined> => {
	const [room] = await disk.rows<RoomRecord>(roomText, [roomId]);
	if (room === undefined || room.groupId === null || !room.isHere) return undefined;
	const { nid, groupId, entryDepth, isHere: _, ...row } = room;
	const found = await disk.rows<Omit<StoredCopy, "content" | "prevEvents" | "authEvents" | "redacts">>(eventsText, [
		nid,
	]);
	const state = await disk.rows<{ type: string; key: string; id: EventId }>(
		`SELECT s.type, s.state_key AS key, e.event_id AS id FROM current_state s JOIN events e ON e.nid = s.event_nid WHERE s.room_nid = $1`,
		[nid],
	);
	const members = await disk.rows<{ id: string; membership: string }>(
		"SELECT user_id AS id, membership FROM memberships WHERE room_nid = $1",
		[nid],
	);
	const ends = await disk.rows<{ id: EventId }>(
		"SELECT e.event_id AS id FROM forward_extremities x JOIN events e ON e.nid = x.event_nid WHERE x.room_nid = $1 ORDER BY 1",
		[nid],
	);
	const awaited = await disk.rows<{ id: EventId }>(
		"SELECT DISTINCT prev_event_id AS id FROM backward_extremities WHERE room_nid = $1",
		[nid],
	);
	const group = await createRoomGraph(disk.pool).stateOf(groupId);
	return {
		server: name,
		row,
		events: new Map(found.map((event) => [event.eventId, withContent(event)])),
		state: new Map(state.map(({ type, key, id }) => [`${type}\n${key}`, id])),
		groupState: new Map([...group].map(([key, place]) => [key.replace("\u0000", "\n"), place.eventId])),
		members: new Map(members.map(({ id, membership }) => [id, membership])),
		ends: ends.map(({ id }) => id),
		awaited: awaited.map(({ id }) => id),
		entryDepth,
	};
};

const withContent = (event: Omit<StoredCopy, "content" | "prevEvents" | "authEvents" | "redacts">): StoredCopy => {
	const pdu = JSON.parse(event.json) as {
		content: StoredCopy["content"] & { redacts?: string };
		prev_events: EventId[];
		auth_events: EventId[];
		redacts?: string;
	};
	return {
		...event,
		content: pdu.content,
		prevEvents: pdu.prev_events,
		authEvents: pdu.auth_events,
		redacts: event.type === "m.room.redaction" ? (pdu.content.redacts ?? pdu.redacts) : undefined,
	};
};
