/**
 * Power levels as authorization reads them: parsed once per event, with the defaults of the specification where the
 * event, or a property of it, is missing. Reading never fails; whether an event may be sent with such content is
 * decided by `power-levels-rules.ts`.
 * Source: Matrix v1.19 Client-Server API, "m.room.power_levels"; room version 12, "Authorization rules" (creators).
 */
import type { RoomEvent } from "../events/room-event.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { AuthState } from "./auth-state.ts";
import { creatorsIn } from "./creators.ts";
import { type LevelField, type ParsedPowerLevels, parsePowerLevels } from "./parse-power-levels.ts";

/** A user's level. Creators of version 12 rooms stand above every number. */
export type PowerLevel = number | "creator";

const defaults: Readonly<Record<LevelField, number>> = Object.freeze({
	users_default: 0,
	events_default: 0,
	state_default: 50,
	ban: 50,
	redact: 50,
	kick: 50,
	invite: 0,
});

/** The level of the creator of a room before version 12 that has no power levels event. */
const creatorLevelWithoutEvent = 100;

const cache = new WeakMap<RoomEvent, { readonly version: RoomVersion; readonly levels: ParsedPowerLevels }>();

/** The parsed content of an `m.room.power_levels` event; the same object for the same event. */
export const powerLevelsOf = (event: RoomEvent, version: RoomVersion): ParsedPowerLevels => {
	const known = cache.get(event);
	if (known !== undefined && known.version === version) return known.levels;
	const levels = parsePowerLevels(event.content, version);
	cache.set(event, { version, levels });
	return levels;
};

/** What the room's state says about levels; `undefined` where it has no power levels event. */
export const powerLevelsIn = (state: AuthState, version: RoomVersion): ParsedPowerLevels | undefined => {
	const event = state.get("m.room.power_levels", "");
	return event === undefined ? undefined : powerLevelsOf(event, version);
};

/** One of the named levels, or its default. */
export const levelOf = (levels: ParsedPowerLevels | undefined, field: LevelField): number =>
	levels?.fields.get(field) ?? defaults[field];

/** The level of a user, whether or not the user is in the room. */
export const userPowerLevel = (state: AuthState, userId: string, version: RoomVersion): PowerLevel => {
	if (version.privilegedCreators && creatorsIn(state, version).has(userId)) return "creator";
	const levels = powerLevelsIn(state, version);
	if (levels !== undefined) return levels.users.get(userId) ?? levelOf(levels, "users_default");
	return creatorsIn(state, version).has(userId) ? creatorLevelWithoutEvent : defaults.users_default;
};

/** The level that inviting, kicking, banning or redacting takes. */
export const actionPowerLevel = (
	state: AuthState,
	action: "invite" | "kick" | "ban" | "redact",
	version: RoomVersion,
): number => levelOf(powerLevelsIn(state, version), action);

/** The level that sending an event of a type takes, apart from memberships and third-party invites. */
export const requiredPowerLevel = (
	state: AuthState,
	event: { readonly type: string; readonly stateKey: string | undefined },
	version: RoomVersion,
): number => {
	const levels = powerLevelsIn(state, version);
	const named = levels?.events.get(event.type);
	return named ?? levelOf(levels, event.stateKey === undefined ? "events_default" : "state_default");
};

/** The level as a number that compares: creators are infinite, so that no creator outranks another. */
export const powerLevelRank = (level: PowerLevel): number => (level === "creator" ? Number.POSITIVE_INFINITY : level);

/** True when the user's level reaches a required one. */
export const hasLevel = (level: PowerLevel, required: number): boolean => powerLevelRank(level) >= required;
