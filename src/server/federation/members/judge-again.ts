import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import { isAllowedByStateBefore } from "../../../../federation/handshakes/check-received-event.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import {
	type AppendTransaction,
	type GraphEvent,
	noteEnds,
	type RoomGraph,
	type RoomRow,
	type RowBatch,
	type StoredRoom,
	type Verdict,
} from "../../rooms/public.ts";
import { createStateStore, groupsAfter } from "../receiving/graph-stores.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import { stateBefore } from "../receiving/state-before.ts";
import { writeGroup } from "../receiving/state-groups.ts";
import { verdictOf } from "../receiving/store-received.ts";
import type { MembersDependencies } from "./members-dependencies.ts";
import type { ArrivingRoom, LaterEvent } from "./ports.ts";
import { renewRoom } from "./renew-room.ts";

/** How far the room's events were judged again, and whether states after the join are no longer what they were. */
export interface JudgedAgain {
	readonly position: number;
	readonly hasChanged: boolean;
}

const pageSize = 100;

/**
 * Judges everything that came since the join once more, now that all members are known. What would not have been let in is
 * refused after all, and the states after it are made anew. Refusing is one transaction an event; it is rare.
 */
export const judgeAgain = async (
	dependencies: MembersDependencies,
	room: ArrivingRoom,
	from: JudgedAgain,
): Promise<JudgedAgain> => {
	const { arriving, graph, lane, log } = dependencies;
	let { position, hasChanged } = from;
	for (;;) {
		const page = await arriving.eventsAfter(room.roomNid, position, pageSize);
		const last = page.at(-1);
		if (last === undefined) return { position, hasChanged };
		for (const later of page) {
			const wanted = await changeOf(dependencies, graph, { room, later, hasChanged });
			if (wanted === undefined) continue;
			await lane.submitAlone((transaction, rows) => apply(dependencies, { transaction, rows, room, later, wanted }));
			hasChanged = true;
			if (wanted === "refuse") log.info({ room: room.roomId, event: later.eventId }, "an event was refused after all");
		}
		position = last.position;
	}
};

type Change = "refuse" | "regroup";

const changeOf = async (
	{ arriving, verifier }: MembersDependencies,
	graph: RoomGraph,
	{
		room,
		later,
		hasChanged,
	}: { readonly room: ArrivingRoom; readonly later: LaterEvent; readonly hasChanged: boolean },
): Promise<Change | undefined> => {
	const [stored, version] = await eventAndVersion(graph, room, later.eventId);
	if (stored === undefined) return undefined;
	const ports = { states: createStateStore(graph), verifier };
	if ((await isAllowedByStateBefore(stored.event, version, ports)) === false) return "refuse";
	const groups = await groupsAfter(graph, room.roomNid, stored.event);
	// What stood before it was given by another server: it is what it was.
	if (groups === undefined) return undefined;
	const groupId = stored.stateGroupId;
	const isAlone =
		groupId !== undefined && groupId !== room.joinGroupId && (await arriving.standingAlone([groupId])).size > 0;
	return hasChanged || isAlone ? "regroup" : undefined;
};

const eventAndVersion = async (graph: RoomGraph, room: ArrivingRoom, eventId: EventId) => {
	const { version } = await storedRoom(graph, room);
	return [(await graph.find([eventId])).get(eventId), version] as const;
};

const storedRoom = async (graph: RoomGraph, { roomId }: ArrivingRoom): Promise<StoredRoom> => {
	const room = await graph.room(roomId);
	if (room === undefined) throw new Error(`${roomId} is gone`);
	return room;
};

const apply = async (
	{ arriving }: MembersDependencies,
	change: {
		readonly transaction: AppendTransaction;
		readonly rows: RowBatch;
		readonly room: ArrivingRoom;
		readonly later: LaterEvent;
		readonly wanted: Change;
	},
): Promise<void> => {
	const { transaction, rows, room, later, wanted } = change;
	const { graph } = transaction;
	const [head] = await transaction.loadRows([room.roomId]);
	const stored = (await graph.find([later.eventId])).get(later.eventId);
	if (stored === undefined || head === undefined) return;
	const isRefused = wanted === "refuse";
	const row = isRefused ? await withoutMessage(arriving, head.row, { nid: stored.nid, later }) : head.row;
	// Whoever was shown it is told, and whoever remembers the room reads it anew.
	if (isRefused) await renewRoom(arriving, rows, room);
	rows.position += 1;
	rows.rooms.set(room.roomNid, { ...row, headPosition: rows.position });
	const groupId = await groupAfter(graph, rows, { room, stored, isRefused });
	const verdict: Verdict = isRefused ? verdictOf.rejected : verdictOf[stored.status];
	const { received } = receivedBatch(rows);
	received.placements.push({
		...{ nid: stored.nid, position: later.position, stateGroupId: groupId, verdict },
		messageOrdinal: undefined,
	});
	if (isRefused) await leaveEnds(graph, rows, { room, stored });
};

/** The room as lists show it, where its newest message does not count any more. */
const withoutMessage = async (
	arriving: MembersDependencies["arriving"],
	row: RoomRow,
	{ nid, later }: { readonly nid: number; readonly later: LaterEvent },
): Promise<RoomRow> => {
	if (row.lastMessageNid !== nid) return row;
	const before = await arriving.lastMessageBefore(row.nid, later.position);
	return { ...row, lastMessageNid: before?.nid, messageCount: row.messageCount - 1 };
};

/** The state after the event, made anew from the one before it. */
const groupAfter = async (
	graph: RoomGraph,
	rows: RowBatch,
	{
		room,
		stored,
		isRefused,
	}: { readonly room: ArrivingRoom; readonly stored: GraphEvent; readonly isRefused: boolean },
): Promise<number> => {
	const { event, nid } = stored;
	const before = await stateBefore(graph, await storedRoom(graph, room), { event, given: undefined });
	const changed = new Map(before.changed);
	if (!isRefused && isStateEvent(event)) changed.set(stateMapKey(event.type, event.stateKey), nid);
	const [id] = await graph.reserveAsideNids(1);
	if (id === undefined) throw new Error("no number was reserved");
	return writeGroup(rows, { base: before.base, changed }, { id, roomNid: room.roomNid }).groupId;
};

/** A refused event is no end of the graph; those that it came after are, where nothing else that counts does. */
const leaveEnds = async (
	graph: RoomGraph,
	rows: RowBatch,
	{ room, stored }: { readonly room: ArrivingRoom; readonly stored: GraphEvent },
): Promise<void> => {
	const ends = await graph.ends(room.roomNid);
	if (!ends.has(stored.nid)) return;
	const added = (await graph.endsBehind(stored.nid)).filter((nid) => !ends.has(nid));
	noteEnds(rows.ends, room.roomNid, { removed: [stored.nid], added });
};
