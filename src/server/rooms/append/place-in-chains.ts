import { authEventKeys } from "../../../../federation/authorization/select-auth-events.ts";
import type { StateEvent } from "../../../../federation/events/room-event.ts";
import type { RoomDraft } from "./room-draft.ts";
import type { ChainPlace } from "./room-head.ts";

/**
 * Gives a new state event its place in the chain cover of the auth graph: it continues the chain of the event it
 * replaces where that one is among its auth events and the last of its chain, else it begins a chain. Every other auth event becomes a link.
 * The pair (chain, sequence) is unique, so an ancestor test needs one comparison per link instead of a walk.
 */
export const placeInChains = (draft: RoomDraft, placed: { nid: number; event: StateEvent }): ChainPlace => {
	const { nid, event } = placed;
	const replaced = draft.entry(event.type, event.stateKey);
	const continues = replaced?.chain.isTail === true && event.authEvents.includes(replaced.event.eventId);
	const place: ChainPlace = continues
		? { chainId: replaced.chain.chainId, sequence: replaced.chain.sequence + 1, isTail: true }
		: { chainId: nid, sequence: 1, isTail: true };
	draft.rows.chainEntries.push({ eventNid: nid, chainId: place.chainId, sequence: place.sequence });
	for (const ancestor of authEntries(draft, event)) {
		if (ancestor.chainId === place.chainId) continue;
		draft.rows.chainLinks.push({
			fromChain: place.chainId,
			fromSequence: place.sequence,
			toChain: ancestor.chainId,
			toSequence: ancestor.sequence,
		});
	}
	return place;
};

const authEntries = (draft: RoomDraft, event: StateEvent): readonly ChainPlace[] =>
	authEventKeys(event, draft.head.version).flatMap(([type, stateKey]) => {
		const entry = draft.entry(type, stateKey);
		return entry === undefined ? [] : [entry.chain];
	});
