import type { WireEphemeralItem, WirePresence } from "../../shared/wire/sync.ts";

/** What holds for now and is kept nowhere. */
export interface EphemeralState {
	/** By room: who is writing, the reader left out; rooms where nobody is are not here. */
	readonly typing: ReadonlyMap<string, readonly string[]>;
	/** By person: whether they are there. Who is not here tells nobody, or was never seen. */
	readonly presence: ReadonlyMap<string, WirePresence>;
}

export const emptyEphemeral: EphemeralState = { typing: new Map(), presence: new Map() };

/** The state after ephemeral news. */
export function applyEphemeral(state: EphemeralState, item: WireEphemeralItem, ownUserId: string): EphemeralState {
	const typing = new Map(item.isPartial ? [] : state.typing);
	for (const { roomId, userIds } of item.typing) {
		const others = userIds.filter((userId) => userId !== ownUserId);
		if (others.length === 0) typing.delete(roomId);
		else typing.set(roomId, others);
	}
	if (item.presence.length === 0) return { ...state, typing };
	return { typing, presence: new Map([...state.presence, ...item.presence.map((one) => [one.userId, one] as const)]) };
}

/** Whose message is here is no longer writing it. */
export function stopTyping(
	typing: EphemeralState["typing"],
	roomId: string,
	senders: ReadonlySet<string>,
): EphemeralState["typing"] {
	const writing = typing.get(roomId);
	if (writing === undefined || !writing.some((userId) => senders.has(userId))) return typing;
	const others = writing.filter((userId) => !senders.has(userId));
	const changed = new Map(typing);
	if (others.length === 0) changed.delete(roomId);
	else changed.set(roomId, others);
	return changed;
}
