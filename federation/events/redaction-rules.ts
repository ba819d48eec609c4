/**
 * What a redaction keeps, as data made once for each room version.
 * Source: Matrix v1.19, "Redactions" of the room versions 6, 8, 9 and 11.
 */
import type { RoomVersion } from "../room-versions/room-version.ts";

/** The keys that survive. */
export interface RedactionRules {
	readonly topLevel: readonly string[];
	/** By event type; a type that is missing keeps nothing. */
	readonly content: ReadonlyMap<string, readonly string[] | "everything">;
	/** `content.third_party_invite` of a membership keeps its `signed`. */
	readonly keepsThirdPartySigned: boolean;
}

/** The rules of the version. */
export const redactionRules = (version: RoomVersion): RedactionRules => {
	const known = rulesByVersion.get(version);
	if (known !== undefined) {
		return known;
	}
	const made = makeRules(version);
	rulesByVersion.set(version, made);
	return made;
};

const rulesByVersion = new WeakMap<RoomVersion, RedactionRules>();

const alwaysKept = [
	"event_id",
	"type",
	"room_id",
	"sender",
	"state_key",
	"content",
	"hashes",
	"signatures",
	"depth",
	"prev_events",
	"auth_events",
	"origin_server_ts",
] as const;

const makeRules = (version: RoomVersion): RedactionRules => ({
	topLevel: version.redactionV11 ? alwaysKept : [...alwaysKept, "prev_state", "origin", "membership"],
	content: new Map<string, readonly string[] | "everything">([
		[
			"m.room.member",
			version.redactionKeepsAuthorisedVia ? ["membership", "join_authorised_via_users_server"] : ["membership"],
		],
		["m.room.create", version.redactionV11 ? "everything" : ["creator"]],
		["m.room.join_rules", version.restrictedJoins ? ["join_rule", "allow"] : ["join_rule"]],
		["m.room.power_levels", version.redactionV11 ? [...keptPowerLevels, "invite"] : keptPowerLevels],
		["m.room.history_visibility", ["history_visibility"]],
		["m.room.redaction", version.redactionV11 ? ["redacts"] : []],
	]),
	keepsThirdPartySigned: version.redactionV11,
});

const keptPowerLevels = [
	"ban",
	"events",
	"events_default",
	"kick",
	"redact",
	"state_default",
	"users",
	"users_default",
] as const;
