/**
 * The outcome of an authorization check and the closed set of rules that can refuse an event. The ids are defined in
 * SPEC.md, "Authorization", with the rule's number in each room version. Source: Matrix v1.19, "Room Versions",
 * section "Authorization rules" of each version.
 */
export const authRules = [
	"AUTH-CREATE-PREV-EVENTS",
	"AUTH-CREATE-ROOM-DOMAIN",
	"AUTH-CREATE-ROOM-ID",
	"AUTH-CREATE-VERSION",
	"AUTH-CREATE-CREATOR",
	"AUTH-CREATE-ADDITIONAL",
	"AUTH-ROOM-ID",
	"AUTH-EVENTS-DUPLICATE",
	"AUTH-EVENTS-SELECTION",
	"AUTH-EVENTS-REJECTED",
	"AUTH-EVENTS-CREATE",
	"AUTH-EVENTS-ROOM",
	"AUTH-FEDERATE",
	"AUTH-MEMBER-FIELDS",
	"AUTH-MEMBER-TARGET",
	"AUTH-MEMBER-AUTHORISED-SIGNATURE",
	"AUTH-MEMBER-UNKNOWN",
	"AUTH-JOIN-SENDER",
	"AUTH-JOIN-BANNED",
	"AUTH-JOIN-INVITED",
	"AUTH-JOIN-RESTRICTED",
	"AUTH-JOIN-RULE",
	"AUTH-3PID-BANNED",
	"AUTH-3PID-SIGNED",
	"AUTH-3PID-FIELDS",
	"AUTH-3PID-MXID",
	"AUTH-3PID-TOKEN",
	"AUTH-3PID-SENDER",
	"AUTH-3PID-SIGNATURE",
	"AUTH-INVITE-SENDER",
	"AUTH-INVITE-TARGET",
	"AUTH-INVITE-LEVEL",
	"AUTH-LEAVE-SELF",
	"AUTH-LEAVE-SENDER",
	"AUTH-LEAVE-UNBAN",
	"AUTH-LEAVE-KICK",
	"AUTH-BAN-SENDER",
	"AUTH-BAN-LEVEL",
	"AUTH-KNOCK-RULE",
	"AUTH-KNOCK-SENDER",
	"AUTH-KNOCK-MEMBERSHIP",
	"AUTH-SENDER-JOINED",
	"AUTH-3PID-INVITE-LEVEL",
	"AUTH-EVENT-LEVEL",
	"AUTH-STATE-KEY-USER",
	"AUTH-LEVELS-INTEGERS",
	"AUTH-LEVELS-MAPS",
	"AUTH-LEVELS-USERS",
	"AUTH-LEVELS-CREATORS",
	"AUTH-LEVELS-FIELDS",
	"AUTH-LEVELS-ENTRY-CURRENT",
	"AUTH-LEVELS-ENTRY-NEW",
	"AUTH-LEVELS-USER-CURRENT",
	"AUTH-LEVELS-USER-NEW",
] as const;

/** A rule that can refuse an event. */
export type AuthRule = (typeof authRules)[number];

/** Refused decisions name the rule and, for logs, what was wrong; `detail` quotes no event content but ids and levels. */
export type AuthDecision =
	| { readonly kind: "allowed" }
	| { readonly kind: "refused"; readonly rule: AuthRule; readonly detail: string };

/** The one allowed decision. */
export const allowed: AuthDecision = Object.freeze({ kind: "allowed" });

/** Builds a refusal. */
export const refused = (rule: AuthRule, detail: string): AuthDecision => ({ kind: "refused", rule, detail });
