/**
 * The sets of state resolution as their definitions read, by walking every `auth_events` edge: slow, obviously right,
 * and what the chain cover is compared with.
 */
import type { StateMap } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { IndexedEvent } from "../state-resolution/auth-chain-index.ts";

type AuthGraph = ReadonlyMap<EventId, Pick<IndexedEvent, "authEvents">>;

/** The events and all that their `auth_events` lead to. */
export const walkAuthChain = (from: Iterable<EventId>, graph: AuthGraph): ReadonlySet<EventId> => {
	const chain = new Set<EventId>();
	const pending = [...from];
	for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
		if (chain.has(id)) continue;
		chain.add(id);
		pending.push(...(graph.get(id)?.authEvents ?? []));
	}
	return chain;
};

/** Union minus intersection of the states' full auth chains. */
export const walkAuthDifference = (stateSets: readonly StateMap[], graph: AuthGraph): ReadonlySet<EventId> => {
	const chains = stateSets.map((stateSet) => walkAuthChain(stateSet.values(), graph));
	const union = new Set(chains.flatMap((chain) => [...chain]));
	return new Set([...union].filter((id) => !chains.every((chain) => chain.has(id))));
};

/** Every event on a path from one event of the set to another, with the set itself. */
export const walkSubgraph = (conflicted: ReadonlySet<EventId>, graph: AuthGraph): ReadonlySet<EventId> => {
	const reached = walkAuthChain(conflicted, graph);
	const isOnPath = (id: EventId): boolean => [...walkAuthChain([id], graph)].some((below) => conflicted.has(below));
	return new Set([...reached].filter(isOnPath));
};
