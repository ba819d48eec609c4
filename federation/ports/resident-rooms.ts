import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import type { EventId, RoomId, ServerName, UserId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";

/** A room that somebody of this server is in, as it is now. */
export interface ResidentRoom {
	readonly roomId: RoomId;
	readonly version: RoomVersion;
	/** What the next event names as its previous events: at most 20. */
	readonly ends: readonly { readonly eventId: EventId; readonly depth: number }[];
	/** The present state; of the memberships those that were asked for. */
	readonly state: { get(type: string, stateKey: string): StateEvent | undefined };
}

/** What the checks made of an event that was handed in. */
export type Admission =
	| { readonly kind: "accepted" }
	/** A rule is against it; `detail` is for logs. */
	| { readonly kind: "refused"; readonly rule: string; readonly detail: string }
	/** It names events that are not here, or its keys could not be had now. */
	| { readonly kind: "unknowable"; readonly detail: string };

/** What somebody who joins by an event is given. Pieces hold events as they are stored, one or more: `{…},{…}`. */
export interface Surroundings {
	/** True: of the memberships only those are there by which the room is named, and the joining person's own. */
	readonly areMembersOmitted: boolean;
	readonly state: AsyncIterable<string>;
	readonly authChain: AsyncIterable<string>;
}

/** The rooms of this server, for those who ask to come in, leave or knock. */
export interface ResidentRooms {
	/** Undefined: nobody of this server is in it, so that this server cannot speak for it. */
	room(roomId: RoomId, userIds: readonly UserId[]): Promise<ResidentRoom | undefined>;
	/** Some people of this server who are in the room, at most so many. */
	membersHere(roomId: RoomId, limit: number): Promise<readonly UserId[]>;
	/** Checks the event of another server as any received event, stores it and sends it on. */
	admit(roomId: RoomId, pdu: JsonObject): Promise<Admission>;
	/** The state before a stored event, with the auth chain of that state and of the event. */
	surroundings(event: RoomEvent, options: { readonly mayOmitMembers: boolean }): Promise<Surroundings>;
	/** Servers with somebody in the room. */
	serversIn(roomId: RoomId): Promise<readonly ServerName[]>;
}
