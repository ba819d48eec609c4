import { isStateEvent } from "../../../../federation/authorization/auth-state.ts";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../../../federation/events/state-key.ts";
import type { EndsSummary, PlacedState, RoomGraph, RoomRow, RowBatch, StatePlace } from "../../rooms/public.ts";
import { type GraphRoom, isSameState, type Newcomer, resolvePlaced } from "./resolve-placed.ts";
import type { StateBefore } from "./state-before.ts";
import { deltaFrom, type GroupPlace, writeGroup } from "./state-groups.ts";

/** An accepted event at its place, with the state after it. */
export interface ArrivedEvent {
	readonly nid: number;
	readonly event: RoomEvent;
	readonly before: StateBefore;
	readonly after: GroupPlace;
}

/** What is at the ends of the graph after the event. */
interface Ends {
	readonly room: GraphRoom;
	readonly row: RoomRow;
	readonly ends: EndsSummary;
}

/** The same, where an event has just arrived. */
interface MovedEnds extends Ends {
	/** It is one of them. */
	readonly isEnd: boolean;
	/** The state after it was that after another end before it came. */
	readonly isKnownState: boolean;
}

/** The present state after an event: its group, and what changed. */
export interface PresentMove {
	readonly groupId: number;
	/** undefined: resolution took it away. */
	readonly changes: ReadonlyMap<StateMapKey, StatePlace | undefined>;
}

/**
 * So many different states at the ends of the graph are resolved together. Each state event that somebody sends beside all
 * others makes one more; past this, what it costs to take in the next must not grow with them.
 */
export const mostStates = 50;

/**
 * Resolves the ends of the graph. An event at the only end, on top of the present state, costs no reading of states. Past
 * `mostStates` it is as if an event stood over all earlier ends: the present state, which was resolved over them, is resolved
 * with the state after the new one. That is what the next events of this server will say of them, one after the other.
 */
export const movePresent = async (
	graph: RoomGraph,
	rows: RowBatch,
	{ arrived, ends }: { readonly arrived: ArrivedEvent; readonly ends: MovedEnds },
): Promise<PresentMove> => {
	const { before, after, event } = arrived;
	const isOnlyEnd = ends.isEnd && ends.ends.size === 1;
	const isOnPresent = before.base?.groupId === ends.row.stateGroupId && before.changed.size === 0;
	if (isOnlyEnd && isOnPresent && before.base !== undefined) {
		const changes = isStateEvent(event) ? [[stateMapKey(event.type, event.stateKey), placeOf(arrived)] as const] : [];
		return { groupId: after.groupId, changes: new Map(changes) };
	}
	// Branches that changed no state: whoever writes at the same time as others makes one.
	const present = ends.row.stateGroupId;
	const isUnchanged = ends.ends.groupIds.every((groupId) => groupId === present);
	if (present !== undefined && isUnchanged && !isStateEvent(event)) return { groupId: present, changes: new Map() };
	const { groupIds } = ends.ends;
	if (present === undefined || groupIds.length <= mostStates)
		return resolveEnds(graph, rows, { arrived, ends, groupIds });
	if (ends.isKnownState && !isStateEvent(event)) return { groupId: present, changes: new Map() };
	return resolveEnds(graph, rows, { arrived, ends, groupIds: [...new Set([present, after.groupId])] });
};

/** The present state of a room where nothing has arrived, but more is known of the states at its ends. */
export const resolvePresent = (graph: RoomGraph, rows: RowBatch, ends: Ends): Promise<PresentMove> =>
	resolveEnds(graph, rows, { arrived: undefined, ends, groupIds: newestOf(ends) });

const newestOf = ({ row, ends: { groupIds } }: Ends): readonly number[] => {
	if (groupIds.length <= mostStates || row.stateGroupId === undefined) return groupIds;
	return [...new Set([row.stateGroupId, ...groupIds.slice(-mostStates)])];
};

const resolveEnds = async (
	graph: RoomGraph,
	rows: RowBatch,
	{
		arrived,
		ends,
		groupIds,
	}: { readonly arrived: ArrivedEvent | undefined; readonly ends: Ends; readonly groupIds: readonly number[] },
): Promise<PresentMove> => {
	const { room, row } = ends;
	const heights = new Map(await graph.heightsOf(groupIds));
	if (arrived !== undefined) heights.set(arrived.after.groupId, arrived.after.height);
	const candidates: (GroupPlace & { readonly state: PlacedState })[] = [];
	for (const groupId of groupIds) {
		const isOwn = arrived !== undefined && groupId === arrived.after.groupId;
		const state = isOwn ? await stateAfter(arrived) : await graph.stateOf(groupId);
		candidates.push({ groupId, height: heights.get(groupId) ?? 0, state });
	}
	const states = candidates.map(({ state }) => state);
	const resolved = await resolvePlaced(graph, room, { states, newcomer: arrived && newcomerOf(arrived) });
	const current = await graph.currentState(row.roomId);
	const same = candidates.find(({ state }) => isSameState(state, resolved));
	const group = same ?? (await writePresentGroup(graph, rows, { resolved, candidates, roomNid: room.nid }));
	return { groupId: group.groupId, changes: changesBetween(current, resolved) };
};

/** The state of several ends is after no single event, so its group has a number of its own. */
const writePresentGroup = async (
	graph: RoomGraph,
	rows: RowBatch,
	present: {
		readonly resolved: PlacedState;
		readonly candidates: readonly (GroupPlace & { readonly state: PlacedState })[];
		readonly roomNid: number;
	},
): Promise<GroupPlace> => {
	const [id] = await graph.reserveAsideNids(1);
	if (id === undefined) throw new Error("no number was reserved");
	return writeGroup(rows, deltaFrom(present.resolved, present.candidates), { id, roomNid: present.roomNid });
};

/** The whole state after it. */
export const stateAfter = async (arrived: ArrivedEvent): Promise<PlacedState> => {
	const state = new Map(await arrived.before.full());
	const { event } = arrived;
	if (isStateEvent(event)) state.set(stateMapKey(event.type, event.stateKey), placeOf(arrived));
	return state;
};

const placeOf = ({ nid, event }: ArrivedEvent): StatePlace => ({ nid, eventId: event.eventId });

const newcomerOf = ({ nid, event }: ArrivedEvent): Newcomer | undefined =>
	isStateEvent(event) ? { nid, event } : undefined;

const changesBetween = (before: PlacedState, after: PlacedState): ReadonlyMap<StateMapKey, StatePlace | undefined> => {
	const changes = new Map<StateMapKey, StatePlace | undefined>();
	for (const [key, place] of after) if (before.get(key)?.nid !== place.nid) changes.set(key, place);
	for (const key of before.keys()) if (!after.has(key)) changes.set(key, undefined);
	return changes;
};
