import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import {
	isAboveThePolicy,
	type RoomPolicy,
	readRoomPolicy,
} from "../../../../federation/handshakes/policy-signature.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomVersion } from "../../../../federation/room-versions/room-version.ts";

/** What a job's events have got from the policy servers of their rooms, at its earlier attempts. */
export interface Approval {
	/** As of when the job makes its events, in milliseconds: at each attempt the same ones, unless their room has moved. */
	readonly now: number;
	/** The events as they are to be stored. */
	readonly events: ReadonlyMap<EventId, RoomEvent>;
}

/** Thrown by a plan whose event goes nowhere before the room's policy server has seen it. The job is tried again then. */
export class ApprovalWanted extends Error {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	readonly policy: RoomPolicy;

	constructor({ event, version, policy }: Pick<ApprovalWanted, "event" | "version" | "policy">) {
		super(`the policy server ${policy.server} was not asked`);
		this.event = event;
		this.version = version;
		this.policy = policy;
	}
}

/** The event with what its room's policy server said. Throws ApprovalWanted where that is not known. */
export const approved = (
	event: RoomEvent,
	room: {
		readonly version: RoomVersion;
		/** Of the room's present `m.room.policy`. */
		readonly policyContent: JsonObject | undefined;
		readonly approval: Approval | undefined;
	},
): RoomEvent => {
	const { version, policyContent, approval } = room;
	const policy = isAboveThePolicy(event) ? undefined : readRoomPolicy(policyContent);
	if (policy === undefined) return event;
	const known = approval?.events.get(event.eventId);
	if (known === undefined) throw new ApprovalWanted({ event, version, policy });
	return known;
};
