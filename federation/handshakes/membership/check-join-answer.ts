/**
 * What a server answers to `send_join` is a claim about a room that this server knows nothing of yet. Every event is
 * checked as one that was received: form, room, signatures, hash and auth events; the create event must be the room's own
 * and of the version that was agreed on, and the state must allow the join. What fails is left out of the state where
 * the room can be understood without it, else nothing is used.
 * Matrix v1.19 Server-Server API, "Joining Rooms"; SPEC.md, "Membership".
 */
import { authStateOf, isStateEvent } from "../../authorization/auth-state.ts";
import { authorizerWith } from "../../authorization/authorize-event.ts";
import { oldestFirst } from "../../events/oldest-first.ts";
import { parseEvent } from "../../events/parse-event.ts";
import type { RoomEvent, StateEvent } from "../../events/room-event.ts";
import { stateMapKey } from "../../events/state-key.ts";
import { eventSignatureKeys } from "../../events/verify-event-signatures.ts";
import type { EventId, ServerName } from "../../identifiers/identifier-types.ts";
import { createEventIdOf } from "../../identifiers/room-id.ts";
import { parseServerName } from "../../identifiers/server-name.ts";
import { getString, getValue, isJsonArray, isJsonObject } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { StoredEvent } from "../../ports/event-store.ts";
import type { ServerKeys } from "../../ports/server-keys.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { checkWithoutState, type StatelessPorts } from "../check-without-state.ts";
import { type AskingPorts, type HandshakeFailure, misbehaved } from "./asking.ts";

/** A room as another server describes it, checked. */
export interface JoinedRoom {
	readonly kind: "joined";
	readonly version: RoomVersion;
	/** The join, signed by all who must. */
	readonly event: RoomEvent;
	/** The state before the join. */
	readonly state: readonly StateEvent[];
	/** What that state stands on. */
	readonly authChain: readonly RoomEvent[];
	/** True where the memberships are still to come. */
	readonly isPartial: boolean;
	/** Servers that are said to be in the room: where to ask, nothing more. */
	readonly serversInRoom: readonly ServerName[];
	/** Events that were left out, and why: for logs. */
	readonly leftOut: readonly { readonly eventId: EventId; readonly rule: string }[];
}

/** The most events that one answer may hold. */
const maxEvents = 500_000;

/** State that decides about others: a room is not understood without it. */
const decidingTypes: readonly string[] = ["m.room.create", "m.room.power_levels", "m.room.join_rules"];

/** Checks the answer to a join that this server made. */
export const checkJoinAnswer = async (
	{ keys, verifier }: Pick<AskingPorts, "keys" | "verifier">,
	join: { readonly event: RoomEvent; readonly version: RoomVersion },
	answer: JsonObject,
): Promise<JoinedRoom | HandshakeFailure> => {
	const { version } = join;
	if (getValue(answer, "members_omitted") === true) return misbehaved("MEM-ANSWER", "members were left out unasked");
	const state = readPdus(answer, "state", version);
	const authChain = readPdus(answer, "auth_chain", version);
	if (state === undefined || authChain === undefined) return misbehaved("MEM-ANSWER", "no list of state or auth chain");
	if (state.size + authChain.size > maxEvents) return misbehaved("MEM-ANSWER", "too many events");
	const event = signedJoin(join.event, answer, version);
	if (event === undefined) return misbehaved("MEM-ANSWER", "the join that comes back is another event");
	const all = new Map([...authChain, ...state]);
	all.delete(event.eventId);
	state.delete(event.eventId);
	const ports = { verifier, keys: await keysOf([...all.values(), { event, pdu: event.json }], keys, version) };
	const judged = await judgeAll(all, { join: event, version, ports });
	const claim = { event, version, state: [...state.values()].map((entry) => entry.event), judged };
	const wrong = (await checkJoin(claim, ports)) ?? checkState(claim, ports);
	if (wrong !== undefined) return wrong;
	return {
		kind: "joined",
		version,
		event,
		state: claim.state.flatMap((each) => acceptedState(each.eventId, judged)),
		authChain: [...authChain.keys()].flatMap((eventId) => judged.events.get(eventId)?.event ?? []),
		isPartial: false,
		serversInRoom: readServers(answer),
		leftOut: judged.leftOut,
	};
};

interface Parsed {
	readonly event: RoomEvent;
	readonly pdu: JsonObject;
}

/** The events of a list; what is no event of the version is nobody's. */
const readPdus = (answer: JsonObject, key: string, version: RoomVersion): Map<EventId, Parsed> | undefined => {
	const list = getValue(answer, key);
	if (!isJsonArray(list) || list.length > maxEvents) return undefined;
	const parsed = new Map<EventId, Parsed>();
	for (const pdu of list) {
		if (!isJsonObject(pdu)) return undefined;
		const form = parseEvent(pdu, version);
		if (form.kind === "ok") parsed.set(form.event.eventId, { event: form.event, pdu });
	}
	return parsed;
};

/** A restricted join comes back with the signature of the server that authorises it: the same event, or none. */
const signedJoin = (own: RoomEvent, answer: JsonObject, version: RoomVersion): RoomEvent | undefined => {
	const returned = getValue(answer, "event");
	if (!Object.hasOwn(own.content, "join_authorised_via_users_server")) return own;
	const parsed = isJsonObject(returned) ? parseEvent(returned, version) : undefined;
	return parsed?.kind === "ok" && parsed.event.eventId === own.eventId ? parsed.event : undefined;
};

/** All keys at once: one by one, a large room would be thousands of questions. */
const keysOf = async (parsed: readonly Parsed[], keys: ServerKeys, version: RoomVersion): Promise<ServerKeys> => {
	const latest = new Map<string, Parameters<ServerKeys["find"]>[0][number]>();
	for (const { event } of parsed) {
		for (const key of eventSignatureKeys(event, version)) {
			const name = `${key.server} ${key.keyId}`;
			const validAtTs = Math.max(event.originServerTs, latest.get(name)?.validAtTs ?? 0);
			latest.set(name, { ...key, validAtTs });
		}
	}
	const found = await keys.find([...latest.values()]);
	return { find: async () => found };
};

interface Judged {
	readonly events: ReadonlyMap<EventId, StoredEvent>;
	readonly leftOut: readonly { readonly eventId: EventId; readonly rule: string }[];
}

const judgeAll = async (
	all: ReadonlyMap<EventId, Parsed>,
	context: {
		readonly join: RoomEvent;
		readonly version: RoomVersion;
		readonly ports: Omit<StatelessPorts, "events">;
	},
): Promise<Judged> => {
	const { join, version, ports } = context;
	const events = new Map<EventId, StoredEvent>();
	const leftOut: { eventId: EventId; rule: string }[] = [];
	const layered = { ...ports, events: { events: async (ids: readonly EventId[]) => pick(events, ids) } };
	for (const { event, pdu } of oldestFirst(all)) {
		const { eventId } = event;
		const outcome = await checkWithoutState(pdu, { roomId: join.roomId, version }, layered);
		if (outcome.kind === "accepted" || outcome.kind === "rejected") {
			events.set(eventId, { event: outcome.event, status: outcome.kind });
		}
		if (outcome.kind === "incomplete") leftOut.push({ eventId, rule: "RCV-MISSING" });
		else if (outcome.kind !== "accepted") leftOut.push({ eventId, rule: outcome.rule });
	}
	return { events, leftOut };
};

const pick = (events: ReadonlyMap<EventId, StoredEvent>, ids: readonly EventId[]) =>
	new Map(
		ids.flatMap((id) => {
			const found = events.get(id);
			return found === undefined ? [] : [[id, found] as const];
		}),
	);

const acceptedState = (eventId: EventId, { events }: Judged): readonly StateEvent[] => {
	const found = events.get(eventId);
	return found?.status === "accepted" && isStateEvent(found.event) ? [found.event] : [];
};

interface Claim {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	readonly state: readonly RoomEvent[];
	readonly judged: Judged;
}

/** The join by itself: signatures, its own auth events among what was brought. */
const checkJoin = async (
	{ event, version, judged }: Claim,
	ports: Omit<StatelessPorts, "events">,
): Promise<HandshakeFailure | undefined> => {
	const events = { events: async (ids: readonly EventId[]) => pick(judged.events, ids) };
	const outcome = await checkWithoutState(event.json, { roomId: event.roomId, version }, { ...ports, events });
	if (outcome.kind === "accepted") return undefined;
	if (outcome.kind === "incomplete") return misbehaved("MEM-AUTH-CHAIN", "what the join stands on was not brought");
	return misbehaved(outcome.rule, outcome.detail);
};

/** The state as a whole: one event a key, the room's own beginning, nothing that decides left out, and the join allowed. */
const checkState = (claim: Claim, { verifier }: Pick<StatelessPorts, "verifier">): HandshakeFailure | undefined => {
	const { event, version, state, judged } = claim;
	const seen = new Set<string>();
	for (const { eventId, type, stateKey, roomId } of state) {
		if (roomId !== event.roomId) return misbehaved("RCV-ROOM", `${eventId} is of another room`);
		if (stateKey === undefined) return misbehaved("MEM-STATE", `${eventId} sets no state`);
		const key = stateMapKey(type, stateKey);
		if (seen.has(key)) return misbehaved("MEM-STATE", `two events set ${type}`);
		seen.add(key);
		const isDeciding = decidingTypes.includes(type) && stateKey === "";
		const left = judged.leftOut.find((each) => each.eventId === eventId);
		if (isDeciding && left !== undefined) return misbehaved(left.rule, `${type} cannot be believed`);
	}
	const accepted = state.flatMap(({ eventId }) => acceptedState(eventId, judged));
	const create = accepted.find(({ type, stateKey }) => type === "m.room.create" && stateKey === "");
	if (create === undefined) return misbehaved("MEM-CREATE", "the state has no create event");
	const createId = createEventIdOf(event.roomId);
	if (createId !== undefined && create.eventId !== createId)
		return misbehaved("MEM-CREATE", "another room's create event");
	// Without the property a room is of version 1.
	if ((getString(create.content, "room_version") ?? "1") !== version.id) {
		return misbehaved("MEM-CREATE", "the room is of another version than was said");
	}
	const decision = authorizerWith(verifier)(event, authStateOf(accepted), version);
	return decision.kind === "refused" ? misbehaved(decision.rule, decision.detail) : undefined;
};

const readServers = (answer: JsonObject): readonly ServerName[] => {
	const list = getValue(answer, "servers_in_room");
	if (!isJsonArray(list)) return [];
	return list.slice(0, 1000).flatMap((name) => (typeof name === "string" ? (parseServerName(name) ?? []) : []));
};
