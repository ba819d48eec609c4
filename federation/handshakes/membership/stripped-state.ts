/**
 * The few state events by which somebody who is not in a room yet recognises it: sent whole with invitations and answers
 * to knocks, read leniently up to version 11, where older servers send only type, sender, state key and content. From
 * version 12 the create event must be there whole: the room id is its hash, and who created the room decides much.
 * Matrix v1.19 Client-Server API, "Stripped state"; Server-Server API, `PUT /_matrix/federation/v2/invite`.
 */
import { parseEvent } from "../../events/parse-event.ts";
import type { StateEvent } from "../../events/room-event.ts";
import { eventSignatureKeys, verifyEventSignatures } from "../../events/verify-event-signatures.ts";
import type { RoomId, UserId } from "../../identifiers/identifier-types.ts";
import { parseUserId } from "../../identifiers/user-id.ts";
import { getObject, getString, isJsonArray, isJsonObject } from "../../json/json-object.ts";
import type { JsonObject, JsonValue } from "../../json/json-value.ts";
import type { ResidentRoom } from "../../ports/resident-rooms.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import type { AskingPorts } from "./asking.ts";

/** As much of a state event as is told to outsiders. */
export interface StrippedEvent {
	readonly type: string;
	readonly stateKey: string;
	readonly sender: UserId;
	readonly content: JsonObject;
}

/** More than a dozen are never needed; hundreds are an attack. */
const maxStrippedEvents = 50;

const shownTypes: readonly string[] = [
	"m.room.create",
	"m.room.join_rules",
	"m.room.canonical_alias",
	"m.room.avatar",
	"m.room.name",
	"m.room.topic",
	"m.room.encryption",
];

/** What a person who is not in the room is told of it, with the memberships of these people. */
export const strippedStateOf = ({ state }: Pick<ResidentRoom, "state">, userIds: readonly UserId[]): JsonObject[] => {
	const shown = shownTypes.map((type) => state.get(type, ""));
	const people = userIds.map((userId) => state.get("m.room.member", userId));
	return [...shown, ...people].flatMap((event) => (event === undefined ? [] : [event.json]));
};

/** What was read, or why nothing is believed. */
export type StrippedState =
	| { readonly kind: "ok"; readonly events: readonly StrippedEvent[] }
	| { readonly kind: "refused"; readonly detail: string };

const refused = (detail: string): StrippedState => ({ kind: "refused", detail });

/** Reads the list that another server sent. Whole events are checked: room, form and signatures. */
export const readStrippedState = async (
	ports: Pick<AskingPorts, "keys" | "verifier">,
	room: { readonly roomId: RoomId; readonly version: RoomVersion },
	list: JsonValue | undefined,
): Promise<StrippedState> => {
	const { roomId, version } = room;
	const isStrict = version.roomIdIsCreateHash;
	if (list === undefined && !isStrict) return { kind: "ok", events: [] };
	if (!isJsonArray(list) || list.length > maxStrippedEvents) return refused("no list of a few events");
	const whole: StateEvent[] = [];
	const events: StrippedEvent[] = [];
	for (const entry of list) {
		if (!isJsonObject(entry)) return refused("an entry is no object");
		const isWhole = getObject(entry, "signatures") !== undefined && getObject(entry, "hashes") !== undefined;
		const parsed = isWhole ? parseEvent(entry, version) : undefined;
		if (parsed?.kind === "refused") return refused(`${parsed.rule}: ${parsed.detail}`);
		if (parsed !== undefined && parsed.event.roomId !== roomId) return refused("an entry is of another room");
		if (parsed !== undefined && parsed.event.stateKey !== undefined) whole.push(parsed.event as StateEvent);
		const stripped = parsed?.event ?? strip(entry);
		if (stripped?.stateKey === undefined) return refused("an entry is no state event");
		events.push({ ...stripped, stateKey: stripped.stateKey });
	}
	if (isStrict && !whole.some(({ type }) => type === "m.room.create")) return refused("the create event is missing");
	const unsigned = await findUnsigned(ports, whole, version);
	return unsigned === undefined ? { kind: "ok", events } : refused(unsigned);
};

const strip = (entry: JsonObject): StrippedEvent | undefined => {
	const type = getString(entry, "type");
	const stateKey = getString(entry, "state_key");
	const content = getObject(entry, "content");
	const sender = parseUserId(getString(entry, "sender") ?? "");
	if (type === undefined || stateKey === undefined || content === undefined || sender === undefined) return undefined;
	return { type, stateKey, content, sender };
};

const findUnsigned = async (
	{ keys, verifier }: Pick<AskingPorts, "keys" | "verifier">,
	events: readonly StateEvent[],
	version: RoomVersion,
): Promise<string | undefined> => {
	const wanted = events.flatMap((event) =>
		eventSignatureKeys(event, version).map((key) => ({ ...key, validAtTs: event.originServerTs })),
	);
	if (wanted.length === 0) return undefined;
	const found = await keys.find(wanted);
	for (const event of events) {
		const check = verifyEventSignatures(event, { version, keys: found.keys, verifier });
		const isLost = check.kind === "refused" && check.rule === "SIG-03";
		// Whose server is gone cannot be asked for a key any more; a wrong signature stays wrong.
		if (check.kind === "refused" && !isLost) return `${check.rule}: ${check.detail}`;
	}
	return undefined;
};
