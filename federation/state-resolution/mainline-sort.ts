/**
 * Orders the events that are not about power: first those that stand on older power levels of the resolved mainline,
 * then by age. Matrix v1.19, room version 2, "State resolution", "Mainline ordering".
 */
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { compareByAge } from "./compare-by-age.ts";
import { citedPowerLevels } from "./event-state.ts";
import type { EventLookup } from "./resolution-source.ts";

/** Sorts by the mainline of the power levels event `powerLevels`; `undefined` where the resolved state has none. */
export const mainlineSort = (
	events: readonly RoomEvent[],
	powerLevels: EventId | undefined,
	lookup: EventLookup,
): readonly RoomEvent[] => {
	wantPowerLevels(events, powerLevels, lookup);
	const positions = mainlineOf(powerLevels, lookup);
	const placed = events.map((event) => ({ event, position: mainlinePosition(event, positions, lookup) }));
	placed.sort((x, y) => {
		if (x.position !== y.position) return x.position > y.position ? -1 : 1;
		return compareByAge(x.event, y.event);
	});
	return placed.map(({ event }) => event);
};

/** The walks below go from one power levels event to the one before: nearly always the history of that piece of state. */
const wantPowerLevels = (events: readonly RoomEvent[], powerLevels: EventId | undefined, lookup: EventLookup): void => {
	const cited = events.flatMap((event) => event.authEvents);
	lookup.want(cited);
	for (const id of powerLevels === undefined ? cited : [powerLevels, ...cited]) {
		if (lookup.authChains.keyOf(id) === powerLevelsKey) lookup.wantHistory(id);
	}
};

const powerLevelsKey = stateMapKey("m.room.power_levels", "");

/** Positions of power levels events: 0 for the resolved one, growing into the past. Positions found later are added. */
type MainlinePositions = Map<EventId, number>;

const mainlineOf = (powerLevels: EventId | undefined, lookup: EventLookup): MainlinePositions => {
	const positions: MainlinePositions = new Map();
	if (powerLevels === undefined) return positions;
	let next = lookup.get(powerLevels);
	while (next !== undefined && !positions.has(next.eventId)) {
		positions.set(next.eventId, positions.size);
		next = citedPowerLevels(next, lookup);
	}
	return positions;
};

const mainlinePosition = (event: RoomEvent, positions: MainlinePositions, lookup: EventLookup): number => {
	const passed: StateEvent[] = [];
	let position = Number.POSITIVE_INFINITY;
	for (let cited = citedPowerLevels(event, lookup); cited !== undefined; cited = citedPowerLevels(cited, lookup)) {
		const known = positions.get(cited.eventId);
		if (known !== undefined) {
			position = known;
			break;
		}
		passed.push(cited);
	}
	// Whatever cites one of the events that were passed ends at the same place.
	for (const { eventId } of passed) positions.set(eventId, position);
	return position;
};
