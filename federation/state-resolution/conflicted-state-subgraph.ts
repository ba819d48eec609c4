/**
 * The events on the paths that lead along `auth_events` from one conflicted event to another. They are what is reached
 * from a conflicted event and itself reaches one, so two passes over the chain cover find them.
 * Matrix v1.19, room version 12, "State resolution", "Conflicted state subgraph".
 */
import type { EventId } from "../identifiers/identifier-types.ts";
import type { AuthChainIndex, ChainLink, ChainPosition, ChainReach } from "./auth-chain-index.ts";

/** The conflicted state subgraph, endpoints included. */
export const conflictedStateSubgraph = (
	conflicted: ReadonlySet<EventId>,
	index: AuthChainIndex,
): ReadonlySet<EventId> => {
	const reach = index.reach(conflicted);
	const lowest = lowestReaching(conflicted, reach, index);
	const subgraph = new Set<EventId>();
	for (const [chain, sequence] of lowest) {
		for (const eventId of index.eventsBetween(chain, sequence - 1, reach.get(chain) ?? 0)) subgraph.add(eventId);
	}
	return subgraph;
};

/** Per chain, the first event that is conflicted or reaches a conflicted one; all later events of the chain do too. */
const lowestReaching = (
	conflicted: ReadonlySet<EventId>,
	reach: ChainReach,
	index: AuthChainIndex,
): ReadonlyMap<number, number> => {
	const linksTo = linksByTarget(reach, index);
	const lowest = new Map<number, number>();
	const pending: ChainPosition[] = [];
	for (const eventId of conflicted) {
		const at = index.position(eventId);
		if (at !== undefined) pending.push(at);
	}
	for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
		if (at.sequence >= (lowest.get(at.chain) ?? Number.POSITIVE_INFINITY)) continue;
		lowest.set(at.chain, at.sequence);
		for (const link of linksTo.get(at.chain) ?? []) {
			if (link.toSequence >= at.sequence) pending.push({ chain: link.fromChain, sequence: link.fromSequence });
		}
	}
	return lowest;
};

const linksByTarget = (reach: ChainReach, index: AuthChainIndex): ReadonlyMap<number, readonly ChainLink[]> => {
	const byTarget = new Map<number, ChainLink[]>();
	for (const [chain, sequence] of reach) {
		for (const link of index.linksUpTo(chain, sequence)) {
			const links = byTarget.get(link.toChain);
			if (links === undefined) byTarget.set(link.toChain, [link]);
			else links.push(link);
		}
	}
	return byTarget;
};
