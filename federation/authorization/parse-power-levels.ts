/**
 * The content of `m.room.power_levels` as numbers. From version 10 every level is a JSON integer; before, a string that
 * holds an integer is one too. What is no level is left out of the result, where defaults then apply, and the first such
 * defect is reported, so that the same pass serves reading the state and judging a new event.
 * Source: Matrix v1.19, room versions 1 ("m.room.power_levels events accept values as strings") and 10.
 */
import { parseUserId } from "../identifiers/user-id.ts";
import { isJsonObject } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import type { AuthRule } from "./auth-decision.ts";

/** The single levels of the event, by their wire names. */
export const levelFields = [
	"users_default",
	"events_default",
	"state_default",
	"ban",
	"redact",
	"kick",
	"invite",
] as const;

/** The wire name of a single level. */
export type LevelField = (typeof levelFields)[number];

/** Levels by name; only what the event holds, no defaults. */
export interface ParsedPowerLevels {
	readonly fields: ReadonlyMap<LevelField, number>;
	readonly events: ReadonlyMap<string, number>;
	readonly notifications: ReadonlyMap<string, number>;
	readonly users: ReadonlyMap<string, number>;
	/** Why the content is not acceptable in a new event; `undefined` when it is. */
	readonly defect: LevelDefect | undefined;
}

/** The rule that malformed content breaks. */
export interface LevelDefect {
	readonly rule: AuthRule;
	readonly detail: string;
}

/** The levels of the content, and its first defect. */
export const parsePowerLevels = (content: JsonObject, version: RoomVersion): ParsedPowerLevels => {
	const defects: LevelDefect[] = [];
	const readLevel = version.integerPowerLevels ? integerLevel : lenientLevel;
	const fields = new Map<LevelField, number>();
	for (const field of levelFields) {
		if (!Object.hasOwn(content, field)) continue;
		const level = readLevel(content[field]);
		if (level === undefined) defects.push({ rule: "AUTH-LEVELS-INTEGERS", detail: `${field} is not an integer` });
		else fields.set(field, level);
	}
	const readMap = (name: "events" | "notifications" | "users", rule: AuthRule): ReadonlyMap<string, number> => {
		const levels = new Map<string, number>();
		const value = Object.hasOwn(content, name) ? content[name] : {};
		if (!isJsonObject(value)) {
			defects.push({ rule, detail: `${name} is not an object` });
			return levels;
		}
		for (const [key, raw] of Object.entries(value)) {
			const level = readLevel(raw);
			if (level === undefined) defects.push({ rule, detail: `an entry of ${name} is not an integer` });
			else levels.set(key, level);
		}
		return levels;
	};
	const events = readMap("events", "AUTH-LEVELS-MAPS");
	const notifications = readMap("notifications", "AUTH-LEVELS-MAPS");
	const users = readMap("users", "AUTH-LEVELS-USERS");
	for (const userId of users.keys()) {
		if (parseUserId(userId) !== undefined) continue;
		defects.push({ rule: "AUTH-LEVELS-USERS", detail: "a key of users is not a user id" });
	}
	return { fields, events, notifications, users, defect: defects[0] };
};

const integerLevel = (value: JsonValue | undefined): number | undefined =>
	Number.isSafeInteger(value) ? (value as number) : undefined;

/** An optional sign and decimal digits, with white space around them and any number of leading zeroes. */
const integerText = /^[ \t\n\v\f\r]*[+-]?[0-9]+[ \t\n\v\f\r]*$/;

const lenientLevel = (value: JsonValue | undefined): number | undefined =>
	typeof value === "string" && integerText.test(value) ? integerLevel(Number(value)) : integerLevel(value);
