/**
 * While the memberships of a room are still arriving, the state says nothing about most people. What an event cites of them
 * stands in for it: those events passed their own checks, so that nobody is in who never was. Who was banned since, and is
 * cited as they were before, gets through until the room is whole; then everything is judged again.
 * Matrix v1.19 Server-Server API, `PUT /v2/send_join` (`omit_members`); SPEC.md, "Membership".
 */
import type { AuthState } from "../authorization/auth-state.ts";
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import type { EventStore } from "../ports/event-store.ts";

/** The state, with the memberships that it does not hold as the event cites them. */
export const withCitedMembers = async (
	state: AuthState,
	{ authEvents }: Pick<RoomEvent, "authEvents">,
	events: EventStore,
): Promise<AuthState> => {
	const cited = new Map<string, StateEvent>();
	for (const { event, status } of (await events.events(authEvents)).values()) {
		if (status === "rejected" || event.type !== "m.room.member" || event.stateKey === undefined) continue;
		cited.set(event.stateKey, event as StateEvent);
	}
	return {
		get: (type, stateKey) => state.get(type, stateKey) ?? (type === "m.room.member" ? cited.get(stateKey) : undefined),
	};
};
