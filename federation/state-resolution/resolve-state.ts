/**
 * State resolution, version 2 and 2.1: makes one state of several that branches of a room's history arrived at.
 * Synchronous and pure; a file per step stands beside this one.
 * Matrix v1.19, room versions 2 (v2) and 12 (v2.1), "State resolution", "Algorithm".
 */
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMap, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { authDifference } from "./auth-difference.ts";
import { conflictedStateSubgraph } from "./conflicted-state-subgraph.ts";
import { type GrowingState, iterativeAuthChecks } from "./iterative-auth-checks.ts";
import { mainlineSort } from "./mainline-sort.ts";
import { powerEventsWithAuthChains } from "./power-events.ts";
import { EventLookup, type ResolutionSource } from "./resolution-source.ts";
import { reverseTopologicalPowerSort } from "./reverse-topological-power-sort.ts";
import { type SeparatedState, separateConflicted } from "./separate-conflicted.ts";

/** A resolved state, or the events to bring before asking again: few rounds end it, each asks for new ones only. */
export type Resolution =
	| { readonly kind: "resolved"; readonly state: StateMap }
	| { readonly kind: "missing"; readonly events: readonly EventId[] };

/**
 * Resolves states of one room. Their order is irrelevant; no state resolves to the empty one.
 * @throws Error when an event of the states or of their auth chains is not at hand
 */
export const resolveState = (
	stateSets: readonly StateMap[],
	source: ResolutionSource,
	version: RoomVersion,
): StateMap => {
	const resolution = tryResolveState(stateSets, source, version);
	if (resolution.kind === "resolved") return resolution.state;
	throw new Error(`state resolution lacks ${resolution.events.length} events, such as ${resolution.events[0]}`);
};

/**
 * Resolves states of one room as far as the events are at hand.
 * @throws Error when an event of the states is not in the auth chain index
 */
export const tryResolveState = (
	stateSets: readonly StateMap[],
	source: ResolutionSource,
	version: RoomVersion,
): Resolution => {
	const separated = separateConflicted(stateSets);
	if (separated.conflicted.size === 0) return { kind: "resolved", state: separated.unconflicted };
	const lookup = new EventLookup(source);
	const fullConflicted = fullConflictedSet(separated, lookup, version);
	if (lookup.missing.size > 0) return missing(lookup);

	const powerEvents = powerEventsWithAuthChains(fullConflicted);
	const state: GrowingState = new Map(version.stateResolution === "v2.1" ? [] : separated.unconflicted);
	const sortedPowerEvents = reverseTopologicalPowerSort(powerEvents, lookup, version);
	iterativeAuthChecks(sortedPowerEvents, state, { lookup, version });
	if (lookup.missing.size > 0) return missing(lookup);

	const others = [...fullConflicted.values()].filter((event) => !powerEvents.has(event.eventId));
	const powerLevels = state.get(stateMapKey("m.room.power_levels", ""));
	const sortedOthers = mainlineSort(others, powerLevels, lookup);
	iterativeAuthChecks(sortedOthers, state, { lookup, version });
	if (lookup.missing.size > 0) return missing(lookup);

	for (const [key, eventId] of separated.unconflicted) state.set(key, eventId);
	return { kind: "resolved", state };
};

const fullConflictedSet = (
	separated: SeparatedState,
	lookup: EventLookup,
	version: RoomVersion,
): ReadonlyMap<EventId, RoomEvent> => {
	const index = lookup.authChains;
	const ids = new Set([...separated.conflicted, ...authDifference(separated, index)]);
	if (version.stateResolution === "v2.1") {
		for (const id of conflictedStateSubgraph(separated.conflicted, index)) ids.add(id);
	}
	return new Map(lookup.getAll(ids).map((event) => [event.eventId, event]));
};

const missing = (lookup: EventLookup): Resolution => ({ kind: "missing", events: [...lookup.missing] });
