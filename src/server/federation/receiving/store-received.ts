import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import type { Accepted, Rejected, SoftFailed } from "../../../../federation/handshakes/received-event.ts";
import { domainOf } from "../../../../federation/identifiers/domain-identifier.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import {
	type EndsChange,
	type GraphEvent,
	noteEnds,
	projectMessage,
	projectRelation,
	projectState,
	type RoomGraph,
	type RoomRow,
	type Verdict,
} from "../../rooms/public.ts";
import { applyRedaction, redactedOnArrival } from "./apply-redactions.ts";
import { endRumours } from "./end-rumours.ts";
import { type ArrivedEvent, movePresent, stateAfter } from "./move-present.ts";
import { placeInChains, placeInGraph } from "./place-received.ts";
import { projectPresent } from "./project-present.ts";
import type { ReceiveInput } from "./received.ts";
import type { ReceivedBatch } from "./received-batch.ts";
import type { GraphRoom } from "./resolve-placed.ts";
import type { StateBefore } from "./state-before.ts";
import { type GroupPlace, writeGroup } from "./state-groups.ts";

/** A judged event and the room it is stored in. */
export interface Arrival {
	readonly room: GraphRoom;
	readonly row: RoomRow;
	readonly judged: Accepted | SoftFailed | Rejected;
	readonly before: StateBefore;
	/** Stored as an outlier until now. */
	readonly known: GraphEvent | undefined;
	readonly isHistory: boolean;
	/** Reserved for it, where it is history. */
	readonly historyPosition: number | undefined;
	/** Who handed it to this server, to be given to the others in the room. */
	readonly handedBy: ServerName | undefined;
	/** See `ReceiveInput`. */
	readonly entry: ReceiveInput["entry"];
	readonly serverName: ServerName;
}

/** Where a received event stands now. */
export interface StoredPlace {
	readonly nid: number;
	readonly position: number;
	readonly stateGroupId: number;
	/** As it is stored: without its content where that was redacted before it came. */
	readonly event: RoomEvent;
	/** What it did to the ends of the room. */
	readonly endsChange: EndsChange;
	/** Whether the room's present state is another one than before. */
	readonly hasMovedPresent: boolean;
}

export const verdictOf = { accepted: 0, rejected: 1, softFailed: 2 } as const satisfies Record<string, Verdict>;

/** Adds all rows of one received event to the batch. */
export const storeReceived = async (graph: RoomGraph, rows: ReceivedBatch, arrival: Arrival): Promise<StoredPlace> => {
	const { judged, room, row, isHistory, historyPosition } = arrival;
	const isAccepted = judged.kind === "accepted";
	const position = isHistory ? (historyPosition ?? (await asideNid(graph))) : nextPosition(rows);
	const nid = arrival.known?.nid ?? position;
	const redacted = isAccepted ? await redactedOnArrival(graph, rows, { room, nid, event: judged.event }) : undefined;
	const event = redacted ?? judged.event;
	const after = writeGroupAfter(rows, arrival, nid);
	await placeStateEvent(graph, rows, { ...arrival, nid });
	const { coveredNids, isFollowed } = await placeInGraph(graph, rows, { nid, roomNid: room.nid, event });
	const arrived: ArrivedEvent = { nid, event, before: arrival.before, after };
	let next: RoomRow = row;
	let endsChange: EndsChange = { removed: [], added: [] };
	if (isAccepted && !isHistory) {
		const moved = await moveEnds(graph, rows, { arrival, arrived, coveredNids, isFollowed });
		endsChange = moved.change;
		next = moved.row;
		next = shownAfter(rows, { row: next, event, nid, position, serverName: arrival.serverName });
	} else if (isAccepted) projectRelation(rows, event, nid);
	if (isAccepted) next = await redactTarget(graph, rows, { arrival, arrived, row: next });
	if (arrival.entry !== undefined) noteArriving(rows, { roomNid: room.nid, nid, entry: arrival.entry });
	storeRow(rows, { arrival, event, nid, position, after, messageOrdinal: isHistory ? 0 : next.messageCount });
	const depth = isAccepted ? Math.max(next.depth, event.depth) : next.depth;
	rows.rooms.set(room.nid, { ...next, depth, headPosition: rows.position });
	if (isAccepted && arrival.handedBy !== undefined) {
		rows.outbox.push({ roomNid: room.nid, eventNid: nid, handedBy: arrival.handedBy });
		if (isJoinOf(arrival.handedBy, event))
			rows.received.newcomers.push({ roomNid: room.nid, joinNid: nid, server: arrival.handedBy });
	}
	const hasMovedPresent = next.stateGroupId !== row.stateGroupId;
	return { nid, position, stateGroupId: after.groupId, event, endsChange, hasMovedPresent };
};

const isJoinOf = (server: ServerName, { type, stateKey, content }: RoomEvent): boolean =>
	type === "m.room.member" && content["membership"] === "join" && domainOf(stateKey ?? "") === server;

/** What an earlier stay in the room may have left behind is of no use any more. */
const noteArriving = (
	{ received }: ReceivedBatch,
	{ roomNid, nid, entry }: { readonly roomNid: number; readonly nid: number; readonly entry: Entry },
): void => {
	received.complete.push({ roomNid, tellsMissed: false });
	if (entry.arriving !== undefined) received.arriving.push({ roomNid, joinNid: nid, servers: entry.arriving });
};

type Entry = NonNullable<ReceiveInput["entry"]>;

const nextPosition = (rows: ReceivedBatch): number => {
	rows.position += 1;
	return rows.position;
};

const asideNid = async (graph: RoomGraph): Promise<number> => {
	const [nid] = await graph.reserveAsideNids(1);
	if (nid === undefined) throw new Error("no number was reserved");
	return nid;
};

/** A rejected event changes no state: the state after it is the one before. */
const writeGroupAfter = (rows: ReceivedBatch, { judged, before, room }: Arrival, nid: number): GroupPlace => {
	const changed = new Map(before.changed);
	const { event } = judged;
	if (judged.kind !== "rejected" && isStateEvent(event)) changed.set(stateMapKey(event.type, event.stateKey), nid);
	return writeGroup(rows, { base: before.base, changed }, { id: nid, roomNid: room.nid });
};

const placeStateEvent = async (
	graph: RoomGraph,
	rows: ReceivedBatch,
	{ judged, known, nid }: Arrival & { readonly nid: number },
): Promise<void> => {
	const { event } = judged;
	if (judged.kind === "rejected" || !isStateEvent(event)) return;
	const places = new Map(await graph.chainPlaces([...event.authEvents, event.eventId]));
	// An outlier has had its place since it was stored.
	if (known !== undefined && places.has(event.eventId)) return;
	placeInChains(rows, { nid, event }, places);
};

/** The event becomes an end of the graph instead of those it covers, unless something accepted comes after it already. */
const moveEnds = async (
	graph: RoomGraph,
	rows: ReceivedBatch,
	move: {
		readonly arrival: Arrival;
		readonly arrived: ArrivedEvent;
		readonly coveredNids: readonly number[];
		readonly isFollowed: boolean;
	},
): Promise<{ readonly row: RoomRow; readonly change: EndsChange }> => {
	const { arrival, arrived, coveredNids, isFollowed } = move;
	const { room, serverName, entry } = arrival;
	const isEntry = entry !== undefined;
	const { nid, event, after } = arrived;
	const row = isEntry ? withoutRumours(arrival.row) : arrival.row;
	const before = await graph.ends(room.nid);
	const change: EndsChange = {
		removed: isEntry ? [...before.nids()] : before.among(coveredNids),
		added: isFollowed && !isEntry ? [] : [{ nid, stateGroupId: after.groupId }],
	};
	const added = change.added.map((end) => end.nid);
	noteEnds(rows.ends, room.nid, { removed: change.removed, added });
	const isKnownState = before.hasGroup(after.groupId);
	const ends = { room, row, ends: before.after(change), isEnd: added.length > 0, isKnownState };
	const present = await movePresent(graph, rows, { arrived, ends });
	const { changes } = present;
	const projected = await projectPresent(graph, rows, { row, event, changes, serverName });
	// Who is not known yet may be in the room.
	if (isEntry && entry.arriving === undefined) {
		await endRumours(graph, rows, { roomNid: room.nid, stateOf: () => stateAfter(arrived), serverName });
	}
	if (isEntry) {
		rows.received.entries.push({ roomNid: room.nid, depth: event.depth });
	}
	return { row: { ...projected, stateGroupId: present.groupId }, change };
};

/** What an invitation said of a room gives way to the room itself. */
const withoutRumours = (row: RoomRow): RoomRow =>
	row.stateGroupId !== undefined
		? row
		: {
				...row,
				name: undefined,
				topic: undefined,
				avatarUrl: undefined,
				joinRule: "invite",
				invitedCount: 0,
				joinedCount: 0,
			};

/** What the event itself shows: a message, or what it says of another event. */
const shownAfter = (
	rows: ReceivedBatch,
	shown: {
		readonly row: RoomRow;
		readonly event: RoomEvent;
		readonly nid: number;
		readonly position: number;
		readonly serverName: ServerName;
	},
): RoomRow => {
	const { row, event, nid, serverName } = shown;
	if (event.stateKey !== undefined) {
		projectRelation(rows, event, nid);
		return row;
	}
	const signer = { serverName };
	const projection = { row, rows, head: { hasRemoteMembers: true }, context: { signer }, state: () => undefined };
	return projectMessage(projection, event, shown.position);
};

const redactTarget = async (
	graph: RoomGraph,
	rows: ReceivedBatch,
	{ arrival, arrived, row }: { readonly arrival: Arrival; readonly arrived: ArrivedEvent; readonly row: RoomRow },
): Promise<RoomRow> => {
	const { room, serverName } = arrival;
	const redacted = await applyRedaction(graph, rows, { room, ...arrived });
	if (redacted === undefined) return row;
	const { target, event } = redacted;
	if (!isStateEvent(event) || event.type === "m.room.member") return row;
	const present = await graph.currentState(row.roomId, [stateMapKey(event.type, event.stateKey)]);
	if (![...present.values()].some(({ nid }) => nid === target.nid)) return row;
	// The room is no longer called by what was taken away.
	const signer = { serverName };
	const projection = { row, rows, head: { hasRemoteMembers: true }, context: { signer }, state: () => undefined };
	return { ...projectState(projection, event, target.nid), lastActivity: row.lastActivity };
};

const storeRow = (
	rows: ReceivedBatch,
	stored: {
		readonly arrival: Arrival;
		readonly event: RoomEvent;
		readonly nid: number;
		readonly position: number;
		readonly after: GroupPlace;
		readonly messageOrdinal: number;
	},
): void => {
	const { arrival, event, nid, position, after, messageOrdinal } = stored;
	const verdict = verdictOf[arrival.judged.kind];
	const placement = { nid, position, stateGroupId: after.groupId, messageOrdinal, verdict };
	if (arrival.known !== undefined) {
		rows.received.placements.push(placement);
		return;
	}
	const row = { ...placement, roomNid: arrival.room.nid, ...columnsOf(event) };
	if (arrival.isHistory) rows.received.asides.push(row);
	else rows.events.push(row);
};

/** The columns of an event that follow from it alone. */
export const columnsOf = (event: RoomEvent) => ({
	eventId: event.eventId,
	type: event.type,
	stateKey: event.stateKey,
	sender: event.sender,
	depth: event.depth,
	originServerTs: event.originServerTs,
	transactionId: undefined,
	json: encodeCanonicalJson(event.json),
});
