/** The rules on the form of an event, explained in federation/SPEC.md, "Events". */

/** The rule that a PDU broke. */
export type EventRule =
	/** It has no canonical form. */
	| "EVT-01"
	/** It is longer than 65,536 bytes. */
	| "EVT-02"
	/** A required member is missing or of the wrong kind. */
	| "EVT-03"
	/** `sender` is no user id. */
	| "EVT-04"
	/** `room_id` is no room id of the room's version. */
	| "EVT-05"
	/** A create event of version 12 has a `room_id`. */
	| "EVT-06"
	/** `type` is longer than 255 bytes or holds a NUL. */
	| "EVT-07"
	/** `state_key` is no string or longer than 255 bytes. */
	| "EVT-08"
	/** `prev_events` or `auth_events` is too long or holds something else than event ids. */
	| "EVT-09"
	/** `depth` is no integer from 0 to 2^53-1. */
	| "EVT-10";

/** A PDU that is no event; `detail` is for logs. */
export interface EventRefusal {
	readonly kind: "refused";
	readonly rule: EventRule;
	readonly detail: string;
}

/** Makes a refusal. */
export const refuseEvent = (rule: EventRule, detail: string): EventRefusal => ({ kind: "refused", rule, detail });
