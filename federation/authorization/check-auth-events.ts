/**
 * The state-independent half of authorization: is the event a sound create event, and are its auth events the ones that
 * it should name? It runs once per received event, before any state is looked at.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 to 11 (rules 1, 2, 4.2) and 12 (rules 1, 2, 3, 5.2).
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { EventId, ServerName } from "../identifiers/identifier-types.ts";
import { createEventIdOf } from "../identifiers/room-id.ts";
import { parseUserId, userIdServer } from "../identifiers/user-id.ts";
import { getString } from "../json/json-object.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { authorizeCreate } from "./create-rules.ts";
import { authEventKeys } from "./select-auth-events.ts";

/** What the check must know beyond the events. */
export interface AuthEventsContext {
	readonly version: RoomVersion;
	/** True for an event that was rejected when it was received. */
	isRejected(eventId: EventId): boolean;
	/** True when the event carries a signature of the server that has been verified. */
	isSignedBy(server: ServerName): boolean;
	/** The event that the room id of a version 12 room names, if it is known. Other versions do not look at it. */
	readonly create: RoomEvent | undefined;
}

/**
 * Decides on an event and its auth events. `authEvents` holds every event that `event.authEvents` names, in any order;
 * one that is missing there has to be fetched before, so its absence is thrown as a mistake of the caller.
 */
export const checkAuthEvents = (
	event: RoomEvent,
	authEvents: readonly RoomEvent[],
	context: AuthEventsContext,
): AuthDecision => {
	const { version } = context;
	if (event.type === "m.room.create") return authorizeCreate(event, version);
	const named = inOrder(event, authEvents);
	return (
		checkRoomId(event, context) ??
		checkKeys(event, named, version) ??
		checkEntries(event, named, context) ??
		checkCreate(named, version) ??
		checkAuthorisingServer(event, context) ??
		allowed
	);
};

/** One entry per named id, so that an id that is named twice counts twice. */
const inOrder = (event: RoomEvent, authEvents: readonly RoomEvent[]): readonly RoomEvent[] => {
	const byId = new Map(authEvents.map((authEvent) => [authEvent.eventId, authEvent]));
	return event.authEvents.map((eventId) => {
		const authEvent = byId.get(eventId);
		if (authEvent === undefined) throw new Error(`the auth event ${eventId} of ${event.eventId} was not given`);
		return authEvent;
	});
};

const checkRoomId = ({ roomId }: RoomEvent, context: AuthEventsContext): AuthDecision | undefined => {
	const { create, version } = context;
	if (!version.roomIdIsCreateHash) return undefined;
	const isOfRoom =
		create !== undefined &&
		create.type === "m.room.create" &&
		create.eventId === createEventIdOf(roomId) &&
		!context.isRejected(create.eventId);
	return isOfRoom ? undefined : refused("AUTH-ROOM-ID", "the room id names no accepted create event");
};

const checkKeys = (event: RoomEvent, named: readonly RoomEvent[], version: RoomVersion): AuthDecision | undefined => {
	const seen = new Set<string>();
	for (const { type, stateKey } of named) {
		const key = JSON.stringify([type, stateKey]);
		if (seen.has(key)) return refused("AUTH-EVENTS-DUPLICATE", `auth_events has ${type} twice`);
		seen.add(key);
	}
	const selected = authEventKeys(event, version);
	for (const { type, stateKey } of named) {
		if (!selected.some((key) => key[0] === type && key[1] === stateKey)) {
			return refused("AUTH-EVENTS-SELECTION", `auth_events has ${type}, which does not authorize the event`);
		}
	}
	return undefined;
};

const checkEntries = (
	event: RoomEvent,
	named: readonly RoomEvent[],
	context: AuthEventsContext,
): AuthDecision | undefined => {
	for (const { eventId } of named) {
		if (context.isRejected(eventId)) return refused("AUTH-EVENTS-REJECTED", `the auth event ${eventId} was rejected`);
	}
	for (const { eventId, roomId } of named) {
		if (roomId !== event.roomId) return refused("AUTH-EVENTS-ROOM", `the auth event ${eventId} is of another room`);
	}
	return undefined;
};

const checkCreate = (named: readonly RoomEvent[], version: RoomVersion): AuthDecision | undefined =>
	version.roomIdIsCreateHash || named.some(({ type }) => type === "m.room.create")
		? undefined
		: refused("AUTH-EVENTS-CREATE", "auth_events has no create event");

/** The rule holds for every membership, not only for joins. */
const checkAuthorisingServer = (event: RoomEvent, context: AuthEventsContext): AuthDecision | undefined => {
	const key = "join_authorised_via_users_server";
	if (!context.version.restrictedJoins || event.type !== "m.room.member" || !Object.hasOwn(event.content, key)) {
		return undefined;
	}
	const authoriser = parseUserId(getString(event.content, key) ?? "");
	return authoriser !== undefined && context.isSignedBy(userIdServer(authoriser))
		? undefined
		: refused("AUTH-MEMBER-AUTHORISED-SIGNATURE", "the authorising user's server did not sign the event");
};
