/**
 * The auth events selection: which state gives a sender permission to send an event. Builders follow it and the
 * state-independent check holds received events to it.
 * Source: Matrix v1.19 Server-Server API, "Auth events selection".
 */
import { getObject, getString } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";

/** As much of an event as the selection looks at; an event that is not built yet has it too. */
export interface SelectableEvent {
	readonly type: string;
	readonly sender: string;
	readonly stateKey: string | undefined;
	readonly content: JsonObject;
}

/** A piece of state by its type and state key. */
export type AuthEventKey = readonly [type: string, stateKey: string];

/** The keys of the state that belongs into the event's `auth_events`, each once; where the room lacks a key, nothing does. */
export const authEventKeys = (event: SelectableEvent, version: RoomVersion): readonly AuthEventKey[] => {
	if (event.type === "m.room.create") return [];
	const keys: AuthEventKey[] = version.roomIdIsCreateHash ? [] : [["m.room.create", ""]];
	keys.push(["m.room.power_levels", ""], ["m.room.member", event.sender]);
	if (event.type !== "m.room.member") return keys;
	for (const key of membershipKeys(event, version)) {
		if (!keys.some(([type, stateKey]) => type === key[0] && stateKey === key[1])) keys.push(key);
	}
	return keys;
};

const membershipKeys = function* (event: SelectableEvent, version: RoomVersion): Generator<AuthEventKey> {
	if (event.stateKey !== undefined) yield ["m.room.member", event.stateKey];
	const { content } = event;
	const membership = getString(content, "membership");
	if (membership === "join" || membership === "invite" || membership === "knock") yield ["m.room.join_rules", ""];
	if (membership === "invite") {
		const signed = getObject(getObject(content, "third_party_invite") ?? {}, "signed");
		const token = getString(signed ?? {}, "token");
		if (token !== undefined) yield ["m.room.third_party_invite", token];
	}
	if (membership === "join" && version.restrictedJoins) {
		const authorisedVia = getString(content, "join_authorised_via_users_server");
		if (authorisedVia !== undefined) yield ["m.room.member", authorisedVia];
	}
};
