/** Short words for tests about authorization: people, version ranges, and one call that decides on a described event. */
import type { AuthDecision, AuthRule } from "../authorization/auth-decision.ts";
import { authorizeEvent } from "../authorization/authorize-event.ts";
import { type AuthEventsContext, checkAuthEvents } from "../authorization/check-auth-events.ts";
import type { RoomEvent } from "../events/room-event.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersionId } from "../room-versions/room-version.ts";
import type { TestEvent, TestRoom } from "./event-factory.ts";

/** The creator of test rooms. */
export const alice = "@alice:one.example";
export const bob = "@bob:two.example";
export const carol = "@carol:three.example";
export const dave = "@dave:four.example";

const ids: readonly RoomVersionId[] = ["6", "7", "8", "9", "10", "11", "12"];

/** The room versions from one to another, both included. */
export const versions = (first: RoomVersionId, last: RoomVersionId = "12"): RoomVersionId[] =>
	ids.slice(ids.indexOf(first), ids.indexOf(last) + 1);

/** Power levels content that gives the creator 100, which version 12 forbids to say. */
export const levels = (id: RoomVersionId, content: JsonObject = {}): JsonObject => {
	const users = { ...(id === "12" ? {} : { [alice]: 100 }), ...(content["users"] as JsonObject | undefined) };
	return { ...content, users };
};

/** What the room's state decides on an event at its end. */
export const decide = (room: TestRoom, spec: TestEvent): AuthDecision =>
	authorizeEvent(room.build(spec), room.authState(), room.version);

/** A membership event of a user, who sends it unless the test says otherwise. */
export const membershipOf = (userId: string, membership: string, spec: Partial<TestEvent> = {}): TestEvent => {
	const content = { membership, ...spec.content };
	return { type: "m.room.member", sender: userId, stateKey: userId, ...spec, content };
};

/** What the state-independent half decides on an event whose auth events are in the room. */
export const decideOnAuthEvents = (
	room: TestRoom,
	event: RoomEvent,
	context: Partial<AuthEventsContext> = {},
): AuthDecision => {
	const authEvents = [...new Set(event.authEvents)].map((id) => {
		const authEvent = room.events.get(id);
		if (authEvent === undefined) throw new Error(`the test room has no event ${id}`);
		return authEvent;
	});
	const { create, version } = room;
	const defaults = { isRejected: () => false, isSignedBy: () => false, create, version };
	return checkAuthEvents(event, authEvents, { ...defaults, ...context });
};

/** The allowed decision, to compare with. */
export const isAllowed: AuthDecision = { kind: "allowed" };

/** A refusal by one rule, for `toMatchObject`. */
export const isRefusedBy = (rule: AuthRule): { readonly kind: "refused"; readonly rule: AuthRule } => ({
	kind: "refused",
	rule,
});
