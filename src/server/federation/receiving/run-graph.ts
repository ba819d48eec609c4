import type { StateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type {
	EndsChange,
	GraphEvent,
	PlacedState,
	RoomEnds,
	RoomGraph,
	StatePlace,
	StoredRoom,
} from "../../rooms/public.ts";

/**
 * The stored graph as a run of messages sees it: what it once read it keeps, and the run's own events are in it before
 * they are written. Messages set no state and nothing that is stored waits for those of a run, so events and the ends of
 * rooms are all that moves: a message that moves the present, by bringing an older state beside it, is its room's last.
 */
export interface RunGraph extends RoomGraph {
	/** Reads these events with one statement instead of one by one. */
	preload(eventIds: readonly EventId[]): Promise<void>;
	/** What is known of a room already: its present state is that of the group, so far from the beginning of its deltas. */
	notePresent(roomId: RoomId, group: { readonly id: number; readonly height: number }): void;
	/** An event of the run is as good as stored, and changes the room's ends so. */
	add(event: GraphEvent, change: EndsChange): void;
}

export const createRunGraph = (stored: RoomGraph, knownRooms: ReadonlyMap<RoomId, StoredRoom>): RunGraph => {
	const events = new Map<EventId, GraphEvent | undefined>();
	const ends = new Map<number, RoomEnds>();
	const known = new Map<number, number>();
	const presentGroups = new Map<RoomId, number>();
	const heights = remembered(async (groupId: number) => {
		const height = known.get(groupId);
		return height === undefined ? stored.heightsOf([groupId]) : new Map([[groupId, height]]);
	});
	const rooms = remembered<RoomId, StoredRoom | undefined>((roomId) => stored.room(roomId), knownRooms);
	const states = remembered((groupId: number) => Promise.resolve(keptState((keys) => stored.stateOf(groupId, keys))));
	const presents = remembered((roomId: RoomId) =>
		Promise.resolve(keptState((keys) => stored.currentState(roomId, keys))),
	);
	const preload = async (eventIds: readonly EventId[]): Promise<void> => {
		const missing = eventIds.filter((eventId) => !events.has(eventId));
		if (missing.length === 0) return;
		const found = await stored.find(missing);
		for (const eventId of missing) events.set(eventId, found.get(eventId));
	};
	const endsOf = async (roomNid: number): Promise<RoomEnds> => {
		const found = ends.get(roomNid) ?? (await stored.ends(roomNid));
		ends.set(roomNid, found);
		return found;
	};
	return {
		...stored,
		preload,
		notePresent: (roomId, { id, height }) => {
			known.set(id, height);
			presentGroups.set(roomId, id);
		},
		room: rooms,
		find: async (eventIds) => {
			await preload(eventIds);
			return new Map(
				eventIds.flatMap((eventId) => {
					const event = events.get(eventId);
					return event === undefined ? [] : [[eventId, event] as const];
				}),
			);
		},
		stateOf: async (groupId, keys) => (await states(groupId))(keys),
		currentState: async (roomId, keys) => {
			const groupId = presentGroups.get(roomId);
			return (await (groupId === undefined ? presents(roomId) : states(groupId)))(keys);
		},
		heightsOf: async (groupIds) => new Map((await Promise.all(groupIds.map(heights))).flatMap((found) => [...found])),
		ends: endsOf,
		hasEnds: async (roomNid) => (await endsOf(roomNid)).size > 0,
		// Events for which something waits, or that were redacted before they came, are in no run.
		waitingFor: async () => [],
		redactionsOf: async () => [],
		add: (event, change) => {
			events.set(event.event.eventId, event);
			ends.get(event.roomNid)?.change(change);
		},
	};
};

const remembered = <Key, Value>(
	read: (key: Key) => Promise<Value>,
	known: ReadonlyMap<Key, Value> = new Map(),
): ((key: Key) => Promise<Value>) => {
	const answers = new Map<Key, Promise<Value>>([...known].map(([key, value]) => [key, (async () => value)()]));
	return (key) => {
		const answer = answers.get(key) ?? read(key);
		answers.set(key, answer);
		return answer;
	};
};

/** A state of which the pieces that were asked for are kept. */
const keptState = (
	read: (keys: readonly StateMapKey[] | undefined) => Promise<PlacedState>,
): ((keys?: readonly StateMapKey[]) => Promise<PlacedState>) => {
	const pieces = new Map<StateMapKey, StatePlace | undefined>();
	return async (keys) => {
		if (keys === undefined) return read(undefined);
		const missing = keys.filter((key) => !pieces.has(key));
		const found = missing.length === 0 ? undefined : await read(missing);
		for (const key of missing) pieces.set(key, found?.get(key));
		return new Map(
			keys.flatMap((key) => {
				const place = pieces.get(key);
				return place === undefined ? [] : [[key, place] as const];
			}),
		);
	};
};
