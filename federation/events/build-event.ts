/**
 * Makes an event of this server's own: places it in the graph, hashes and signs it, and holds it to the rules that a
 * received one must keep. Source: Matrix v1.19 Server-Server API, "PDUs"; "Event format" of the room versions.
 */
import type { EventId, RoomId, UserId } from "../identifiers/identifier-types.ts";
import { CanonicalJsonError } from "../json/canonical-json.ts";
import { jsonObject, withKey } from "../json/json-object.ts";
import type { JsonObject, JsonValue } from "../json/json-value.ts";
import type { Signer } from "../ports/signer.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { maxDepth } from "./event-limits.ts";
import { refuseEvent } from "./event-rule.ts";
import { hashAndSignEvent } from "./hash-and-sign-event.ts";
import { checkSize, type EventParsing, eventOf } from "./parse-event.ts";
import { readEventFields } from "./read-event-fields.ts";

/** What a user wants to say, before it has a place in the graph. */
export interface ProtoEvent {
	/** `undefined` for the create event of version 12, and only for it. */
	readonly roomId: RoomId | undefined;
	readonly sender: UserId;
	readonly type: string;
	/** Present for state events. */
	readonly stateKey?: string;
	readonly content: JsonObject;
	/** The target of an `m.room.redaction`; it is put where the version wants it. */
	readonly redacts?: EventId;
}

/** The place in the graph, and who signs. */
export interface BuildContext {
	readonly version: RoomVersion;
	readonly signer: Signer;
	readonly prevEvents: readonly { readonly eventId: EventId; readonly depth: number }[];
	readonly authEvents: readonly EventId[];
	/** Milliseconds since the Unix epoch. */
	readonly originServerTs: number;
}

/** The signed event, or the rule of "Events" in SPEC.md that it would break. */
export const buildEvent = (proto: ProtoEvent, context: BuildContext): EventParsing => {
	const { version } = context;
	try {
		const { json, eventId } = hashAndSignEvent(protoJson(proto, context), version, context.signer);
		const fields = readEventFields(json, version);
		if (fields.kind === "refused") {
			return fields;
		}
		return checkSize(json) ?? { kind: "ok", event: eventOf(json, fields, { version, eventId }) };
	} catch (error) {
		if (error instanceof CanonicalJsonError) {
			return refuseEvent("EVT-01", error.message);
		}
		throw error;
	}
};

const protoJson = (proto: ProtoEvent, context: BuildContext): JsonObject => {
	const inContent = context.version.redactsInContent;
	const members: [string, JsonValue | undefined][] = [
		["auth_events", context.authEvents],
		[
			"content",
			proto.redacts !== undefined && inContent ? withKey(proto.content, "redacts", proto.redacts) : proto.content,
		],
		["depth", nextDepth(context.prevEvents)],
		["origin_server_ts", context.originServerTs],
		["prev_events", context.prevEvents.map(({ eventId }) => eventId)],
		["redacts", inContent ? undefined : proto.redacts],
		["room_id", proto.roomId],
		["sender", proto.sender],
		["state_key", proto.stateKey],
		["type", proto.type],
	];
	return jsonObject(members.filter((member): member is [string, JsonValue] => member[1] !== undefined));
};

/** One more than the deepest predecessor, capped; 1 for an event without predecessors. */
const nextDepth = (prevEvents: BuildContext["prevEvents"]): number => {
	const deepest = prevEvents.reduce((depth, prev) => Math.max(depth, prev.depth), 0);
	return Math.min(deepest + 1, maxDepth);
};
