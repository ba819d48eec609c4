/**
 * The state-dependent half of authorization: may this event follow that state? The same function serves the three checks
 * of a received event (against its auth events, the state before it and the current state), new events of our own and
 * state resolution.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 to 12; SPEC.md, "Authorization".
 */
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { userIdServer } from "../identifiers/user-id.ts";
import { getValue } from "../json/json-object.ts";
import type { SignatureVerifier } from "../ports/signature-verifier.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import type { AuthContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { type AuthState, membershipIn } from "./auth-state.ts";
import { authorizeCreate } from "./create-rules.ts";
import { authorizeMember } from "./member-rules.ts";
import { hasLevel, requiredPowerLevel, userPowerLevel } from "./power-levels.ts";
import { authorizePowerLevels } from "./power-levels-rules.ts";
import { authorizeThirdPartyInvite } from "./third-party-invite-rules.ts";

/** Decides on an event against a state. */
export type Authorize = (event: RoomEvent, state: AuthState, version: RoomVersion) => AuthDecision;

/** `authorizeEvent` with another verifier for the signatures of redeemed third-party invites, such as a native one. */
export const authorizerWith = (verifier: SignatureVerifier): Authorize => {
	return (event, state, version) => {
		if (event.type === "m.room.create") return authorizeCreate(event, version);
		const create = state.get("m.room.create", "");
		if (create === undefined) return withoutCreate(version);
		return authorizeIn({ event, create, state, version, verifier });
	};
};

/**
 * Decides on an event against a state. Never throws and keeps nothing but parsed power levels, whatever the content of
 * the event is. `state` must hold the create event, also in version 12.
 */
export const authorizeEvent: Authorize = authorizerWith(nobleVerifier);

const authorizeIn = (context: AuthContext): AuthDecision => {
	const { event, create, state } = context;
	if (!mayFederate(event, create)) return refused("AUTH-FEDERATE", "the room is closed to other servers");
	if (event.type === "m.room.member") return authorizeMember(context);
	if (membershipIn(state, event.sender) !== "join") {
		return refused("AUTH-SENDER-JOINED", "the sender is not in the room");
	}
	if (event.type === "m.room.third_party_invite") return authorizeThirdPartyInvite(context);
	return checkLevel(context) ?? checkStateKey(event) ?? authorizeContent(context);
};

const withoutCreate = (version: RoomVersion): AuthDecision =>
	refused(version.roomIdIsCreateHash ? "AUTH-ROOM-ID" : "AUTH-EVENTS-CREATE", "the state has no create event");

const mayFederate = (event: RoomEvent, create: StateEvent): boolean =>
	getValue(create.content, "m.federate") !== false || userIdServer(event.sender) === userIdServer(create.sender);

const checkLevel = ({ event, state, version }: AuthContext): AuthDecision | undefined => {
	const required = requiredPowerLevel(state, event, version);
	return hasLevel(userPowerLevel(state, event.sender, version), required)
		? undefined
		: refused("AUTH-EVENT-LEVEL", `sending ${event.type} takes a level of ${required}`);
};

const checkStateKey = (event: RoomEvent): AuthDecision | undefined =>
	event.stateKey?.startsWith("@") && event.stateKey !== event.sender
		? refused("AUTH-STATE-KEY-USER", "the state key names another user")
		: undefined;

const authorizeContent = (context: AuthContext): AuthDecision =>
	context.event.type === "m.room.power_levels" ? authorizePowerLevels(context) : allowed;
