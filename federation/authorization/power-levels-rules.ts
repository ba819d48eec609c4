/**
 * Who may change which power level. A missing single level counts with its default, as the specification says that
 * levels are inferred from defaults; whether it was altered is decided by what the two events hold.
 * Source: Matrix v1.19, "Authorization rules" of room versions 6 to 9 (rule 9), 10 and 11 (rule 9), 12 (rule 10).
 */

import type { AuthContext } from "./auth-context.ts";
import { type AuthDecision, allowed, refused } from "./auth-decision.ts";
import { creatorsOf } from "./creators.ts";
import { levelFields, type ParsedPowerLevels } from "./parse-power-levels.ts";
import { levelOf, powerLevelRank, powerLevelsIn, powerLevelsOf, userPowerLevel } from "./power-levels.ts";

/** The rules of a new `m.room.power_levels` event. */
export const authorizePowerLevels = (context: AuthContext): AuthDecision => {
	const { event, state, version } = context;
	const next = powerLevelsOf(event, version);
	if (next.defect !== undefined) return refused(next.defect.rule, next.defect.detail);
	if (version.privilegedCreators) {
		for (const creator of creatorsOf(context.create, version)) {
			if (next.users.has(creator)) return refused("AUTH-LEVELS-CREATORS", `users names the creator ${creator}`);
		}
	}
	const current = powerLevelsIn(state, version);
	if (current === undefined) return allowed;
	const own = powerLevelRank(userPowerLevel(state, event.sender, version));
	return (
		checkFields(current, next, own) ??
		checkEntries(current.events, next.events, own) ??
		checkEntries(current.notifications, next.notifications, own) ??
		checkUsers({ current: current.users, next: next.users, own, sender: event.sender }) ??
		allowed
	);
};

const checkFields = (current: ParsedPowerLevels, next: ParsedPowerLevels, own: number): AuthDecision | undefined => {
	for (const field of levelFields) {
		if (current.fields.get(field) === next.fields.get(field)) continue;
		if (levelOf(current, field) > own) return refused("AUTH-LEVELS-FIELDS", `${field} is above the sender's level`);
		if (levelOf(next, field) > own) return refused("AUTH-LEVELS-FIELDS", `${field} would be above the sender's level`);
	}
	return undefined;
};

const checkEntries = (
	current: ReadonlyMap<string, number>,
	next: ReadonlyMap<string, number>,
	own: number,
): AuthDecision | undefined => {
	for (const [key, level] of current) {
		if (next.get(key) !== level && level > own) {
			return refused("AUTH-LEVELS-ENTRY-CURRENT", `the level ${level} of an entry is above the sender's`);
		}
	}
	for (const [key, level] of next) {
		if (current.get(key) !== level && level > own) {
			return refused("AUTH-LEVELS-ENTRY-NEW", `the new level ${level} of an entry is above the sender's`);
		}
	}
	return undefined;
};

interface UserLevelsChange {
	readonly current: ReadonlyMap<string, number>;
	readonly next: ReadonlyMap<string, number>;
	readonly own: number;
	readonly sender: string;
}

const checkUsers = ({ current, next, own, sender }: UserLevelsChange): AuthDecision | undefined => {
	for (const [userId, level] of current) {
		if (userId !== sender && next.get(userId) !== level && level >= own) {
			return refused("AUTH-LEVELS-USER-CURRENT", `${userId} has a level that is not below the sender's`);
		}
	}
	for (const [userId, level] of next) {
		if (current.get(userId) !== level && level > own) {
			return refused("AUTH-LEVELS-USER-NEW", `${userId} would get a level above the sender's`);
		}
	}
	return undefined;
};
