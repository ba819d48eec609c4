import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import { type StateMapKey, splitStateMapKey, stateMapKey } from "../../../../federation/events/state-key.ts";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { getString, jsonObject } from "../../../../federation/json/json-object.ts";
import type { PartialState } from "../../../../federation/ports/state-store.ts";
import {
	type GraphEvent,
	type Projection,
	projectState,
	type RoomGraph,
	type RoomRow,
	type StatePlace,
} from "../../rooms/public.ts";
import { withEvents } from "./graph-stores.ts";
import type { ReceivedBatch } from "./received-batch.ts";

/** What the room's lists and people are made of anew. */
export interface PresentChange {
	readonly row: RoomRow;
	/** The event that caused it; undefined: none did, more has become known. */
	readonly event: RoomEvent | undefined;
	readonly changes: ReadonlyMap<StateMapKey, StatePlace | undefined>;
	readonly serverName: ServerName;
}

/**
 * Writes the present state's changes, with the memberships and the room's row that follow from them, and the marks where
 * resolution and no event changed what somebody of this server may see. Returns the room's row.
 */
export const projectPresent = async (
	graph: RoomGraph,
	rows: ReceivedBatch,
	change: PresentChange,
): Promise<RoomRow> => {
	const { changes, serverName } = change;
	const roomNid = change.row.nid;
	const own = ownKey(change);
	const keys = [...new Set([...changes.keys(), ...(own === undefined ? [] : [own])])];
	const places = await graph.currentState(change.row.roomId, keys);
	const before = await withEvents(graph, places);
	const found = await eventsOf(graph, change);
	const signer = { serverName };
	let row = change.row;
	for (const [key, place] of changes) {
		const [type, stateKey] = splitStateMapKey(key);
		const event = place === undefined ? withoutContent(before.get(key)) : found.get(key);
		if (event === undefined) throw new Error("a changed piece of state has no event");
		if (place === undefined) rows.received.unset.push({ roomNid, type, stateKey });
		else rows.currentState.set(`${roomNid}\n${type}\n${stateKey}`, { roomNid, type, stateKey, eventNid: place.nid });
		const nid = place?.nid ?? places.get(key)?.nid ?? 0;
		const state: Projection["state"] = (ofType, ofKey = "") => before.get(stateMapKey(ofType, ofKey));
		const projection = { row, rows, head: { hasRemoteMembers: true }, context: { signer }, state };
		// A number is a position only where the event stands in the stream under it.
		row = { ...projectState(projection, event, nid), lastActivity: row.lastActivity };
		if (movesUp(event, row)) row = { ...row, lastActivity: Math.max(row.lastActivity, nid) };
	}
	markResolved(rows, change, { own, before, found });
	return row;
};

/** The events that list rooms by: the beginning, the end and, for whoever is invited to a room of two, the invitation. */
const movesUp = (event: StateEvent, row: RoomRow): boolean =>
	event.type === "m.room.create" ||
	event.type === "m.room.tombstone" ||
	(getString(event.content, "membership") === "invite" && row.joinedCount <= 1);

const withoutContent = (event: StateEvent | undefined): StateEvent | undefined =>
	event === undefined ? undefined : { ...event, content: jsonObject() };

const eventsOf = async (graph: RoomGraph, { changes, event }: PresentChange): Promise<Map<StateMapKey, StateEvent>> => {
	const ids = [...changes.values()].flatMap((place) => place?.eventId ?? []);
	const stored = await graph.find(ids.filter((id) => id !== event?.eventId));
	const found = new Map<StateMapKey, StateEvent>();
	for (const [key, place] of changes) {
		if (place === undefined) continue;
		const changed: GraphEvent["event"] | undefined =
			place.eventId === event?.eventId ? event : stored.get(place.eventId)?.event;
		if (changed !== undefined) found.set(key, changed as StateEvent);
	}
	return found;
};

const ownKey = ({ event }: PresentChange): StateMapKey | undefined =>
	event?.stateKey === undefined ? undefined : stateMapKey(event.type, event.stateKey);

/**
 * Readers' marks are the accepted events themselves, in stream order. Where the present state says otherwise (another
 * event came into force, or this one did not), a mark behind the event corrects them.
 */
const markResolved = (
	rows: ReceivedBatch,
	change: PresentChange,
	{
		own,
		before,
		found,
	}: { own: StateMapKey | undefined; before: PartialState; found: ReadonlyMap<StateMapKey, StateEvent> },
): void => {
	const { changes, event, serverName, row } = change;
	const isFirst = row.stateGroupId === undefined;
	const disputed = new Set(changes.keys());
	if (own !== undefined) disputed.add(own);
	for (const key of disputed) {
		const [type, stateKey] = splitStateMapKey(key);
		const isMembership = type === "m.room.member" && userIdServer(stateKey as UserId) === serverName;
		const isVisibility = type === "m.room.history_visibility" && stateKey === "";
		if (!(isMembership || isVisibility)) continue;
		const present = changes.has(key) ? found.get(key) : before.get(key);
		if (event !== undefined && present?.eventId === event.eventId) continue;
		// What held before a room came here is not known: its setting then is taken for what it was before.
		if (!(isFirst && isVisibility)) rows.position += 1;
		const position = isFirst && isVisibility ? Number.MIN_SAFE_INTEGER : rows.position;
		const content = present?.content ?? jsonObject();
		const value = isMembership
			? (getString(content, "membership") ?? "leave")
			: (getString(content, "history_visibility") ?? "shared");
		rows.received.marks.push({ roomNid: row.nid, stateKey, position, value });
	}
};
