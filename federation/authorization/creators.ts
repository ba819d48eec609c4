/**
 * Who created a room. Up to version 10 that is what the create event says, in version 11 its sender, and from version 12
 * the sender with `additional_creators`, all of whom stand above every power level.
 * Source: Matrix v1.19, room versions 11 "Event format" and 12 "Authorization rules".
 */
import type { StateEvent } from "../events/room-event.ts";
import { getString, getValue, isJsonArray } from "../json/json-object.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { AuthState } from "./auth-state.ts";

const cache = new WeakMap<StateEvent, { readonly version: RoomVersion; readonly creators: ReadonlySet<string> }>();

/**
 * The creators that a create event names. They are compared as strings: a malformed `creator` of an old version equals
 * no sender, and so nobody is the creator.
 */
export const creatorsOf = (create: StateEvent, version: RoomVersion): ReadonlySet<string> => {
	const known = cache.get(create);
	if (known !== undefined && known.version === version) return known.creators;
	const creators = readCreators(create, version);
	cache.set(create, { version, creators });
	return creators;
};

const readCreators = (create: StateEvent, version: RoomVersion): ReadonlySet<string> => {
	if (!version.creatorIsSender) {
		const creator = getString(create.content, "creator");
		return new Set(creator === undefined ? [] : [creator]);
	}
	const creators = new Set<string>([create.sender]);
	if (!version.privilegedCreators) return creators;
	const additional = getValue(create.content, "additional_creators");
	if (!isJsonArray(additional)) return creators;
	for (const userId of additional) {
		if (typeof userId === "string") creators.add(userId);
	}
	return creators;
};

/** The room's creators by its state; empty where the state lacks the create event. */
export const creatorsIn = (state: AuthState, version: RoomVersion): ReadonlySet<string> => {
	const create = state.get("m.room.create", "");
	return create === undefined ? nobody : creatorsOf(create, version);
};

const nobody: ReadonlySet<string> = new Set();
