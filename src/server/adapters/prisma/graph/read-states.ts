import { type StateMapKey, splitStateMapKey, stateMapKey } from "../../../../../federation/events/state-key.ts";
import type { EventId, RoomId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { PlacedState, StatePlace } from "../../../rooms/graph-ports.ts";
import { rows, type SqlClient } from "../sql.ts";
import { storableKey, storedKey } from "../storable-key.ts";

interface PlaceRecord {
	type: string;
	state_key: string;
	nid: number;
	event_id: EventId;
}

const isWanted = "(e.type, e.state_key) IN (SELECT * FROM unnest($2::text[], $3::text[]))";

/** Of the room alone: what every room has, such as its beginning, is not to be looked through in all of them. */
const isWantedOfRoom = `e.room_nid = (SELECT room_nid FROM state_groups WHERE id = $1::int8) AND ${isWanted}`;

/** Walks the deltas from the group to the beginning; what is nearest wins. */
const groupState = (condition: string): string => `
WITH RECURSIVE chain AS (
	SELECT id, base_id, 0 AS step FROM state_groups WHERE id = $1::int8
	UNION ALL
	SELECT g.id, g.base_id, c.step + 1 FROM chain c JOIN state_groups g ON g.id = c.base_id
)
SELECT DISTINCT ON (e.type, e.state_key) e.type, e.state_key, e.nid, e.event_id
FROM chain c JOIN state_group_entries s ON s.group_id = c.id JOIN events e ON e.nid = s.event_nid
WHERE ${condition} ORDER BY e.type, e.state_key, c.step`;

const currentState = (condition: string): string => `
SELECT e.type, e.state_key, e.nid, e.event_id FROM rooms r JOIN current_state s ON s.room_nid = r.nid
JOIN events e ON e.nid = s.event_nid WHERE r.id = $1 AND ${condition}`;

export const readGroupState = (
	client: SqlClient,
	groupId: number,
	keys: readonly StateMapKey[] | undefined,
): Promise<PlacedState> =>
	readPlaces(
		client,
		keys === undefined
			? { name: "state-of-group", text: groupState("true"), values: [groupId] }
			: { name: "keys-of-group", text: groupState(isWantedOfRoom), values: [groupId, ...columnsOf(keys)] },
	);

export const readCurrentState = (
	client: SqlClient,
	roomId: RoomId,
	keys: readonly StateMapKey[] | undefined,
): Promise<PlacedState> =>
	readPlaces(
		client,
		keys === undefined
			? { name: "current-state", text: currentState("true"), values: [roomId] }
			: {
					name: "keys-of-current-state",
					text: currentState(isWanted.replaceAll("e.", "s.")),
					values: [roomId, ...columnsOf(keys)],
				},
	);

/** What the events say is not read: where they stand is in their columns. */
export const readStateOfEvents = async (
	client: SqlClient,
	roomNid: number,
	eventIds: readonly EventId[],
): Promise<{ readonly state: PlacedState; readonly lacking: readonly EventId[] }> => {
	const found = await rows<Omit<PlaceRecord, "state_key"> & { state_key: string | null; is_set: boolean }>(client, {
		name: "state-of-events",
		text: `SELECT e.type, e.state_key, e.nid, e.event_id, e.state_key IS NOT NULL AND e.room_nid = $1 AND e.verdict <> 1 AS is_set
			FROM events e WHERE e.event_id = ANY($2::text[])`,
		values: [roomNid, eventIds],
	});
	const stored = new Map(found.map((row) => [row.event_id, row]));
	const state = new Map<StateMapKey, StatePlace>();
	for (const eventId of eventIds) {
		const row = stored.get(eventId);
		if (row?.is_set !== true || row.state_key === null) continue;
		state.set(stateMapKey(row.type, storedKey(row.state_key)), { nid: row.nid, eventId });
	}
	return { state, lacking: eventIds.filter((eventId) => !stored.has(eventId)) };
};

const readPlaces = async (
	client: SqlClient,
	statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<PlacedState> => {
	const found = await rows<PlaceRecord>(client, statement);
	return new Map(
		found.map((row) => [stateMapKey(row.type, storedKey(row.state_key)), { nid: row.nid, eventId: row.event_id }]),
	);
};

const columnsOf = (keys: readonly StateMapKey[]): [string[], string[]] => {
	const pairs = keys.map(splitStateMapKey);
	return [pairs.map(([type]) => type), pairs.map(([, stateKey]) => storableKey(stateKey))];
};
