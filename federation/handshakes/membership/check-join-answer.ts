/**
 * What a server answers to `send_join` is a claim about a room that this server knows nothing of yet. Every event is
 * checked as one that was received: form, room, signatures, hash and auth events; the create event must be the room's own
 * and of the version that was agreed on, and the state must allow the join. What fails is left out of the state where
 * the room can be understood without it, else nothing is used.
 * Matrix v1.19 Server-Server API, "Joining Rooms"; SPEC.md, "Membership".
 */
import { type AuthState, authStateOf } from "../../authorization/auth-state.ts";
import { authorizerWith } from "../../authorization/authorize-event.ts";
import { authEventKeys } from "../../authorization/select-auth-events.ts";
import { parseEvent } from "../../events/parse-event.ts";
import type { RoomEvent } from "../../events/room-event.ts";
import { stateMapKey } from "../../events/state-key.ts";
import type { EventId, ServerName } from "../../identifiers/identifier-types.ts";
import { createEventIdOf } from "../../identifiers/room-id.ts";
import { getString, getValue, isJsonObject } from "../../json/json-object.ts";
import type { JsonObject } from "../../json/json-value.ts";
import type { EventStore, StoredEvent } from "../../ports/event-store.ts";
import type { RoomVersion } from "../../room-versions/room-version.ts";
import { checkWithoutState } from "../check-without-state.ts";
import { type BetweenChecks, type JudgedEvents, judgeArrived, type LeftOut } from "../judge-arrived.ts";
import { withCitedMembers } from "../unknown-members.ts";
import { type AskingPorts, type HandshakeFailure, misbehaved } from "./asking.ts";
import type { CollectedJoin } from "./collect-join-answer.ts";

/** A room as another server describes it, checked. */
export interface JoinedRoom {
	readonly kind: "joined";
	readonly version: RoomVersion;
	/** The join, signed by all who must. */
	readonly event: RoomEvent;
	/** The state before the join. */
	readonly stateIds: readonly EventId[];
	/** What decides of that state: the room's create event, power levels and join rules, and the joining person's membership. */
	readonly state: AuthState;
	/** Everything that came and is kept: that state and what it stands on, each event after those that it stands on. */
	readonly events: Pick<JudgedEvents, "oldestFirst">;
	/** True where memberships are still to come. */
	readonly isPartial: boolean;
	/** Servers that are said to be in the room: where to ask and what to tell, nothing more. */
	readonly serversInRoom: readonly ServerName[];
	/** Events that were left out, and why: for logs. */
	readonly leftOut: readonly LeftOut[];
	/** Nothing of it is needed any more. */
	close(): Promise<void>;
}

/** What checking an answer stands on. */
export type CheckingPorts = Pick<AskingPorts, "keys" | "verifier"> & { readonly between?: BetweenChecks | undefined };

/** The join as it was made. */
export interface OwnJoin {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	/** The server was told that it may leave memberships out. */
	readonly mayOmitMembers: boolean;
}

/** State that decides about others: a room is not understood without it. */
const decidingTypes: readonly string[] = ["m.room.create", "m.room.power_levels", "m.room.join_rules"];

/** Checks the answer to a join that this server made. `answer`: what of it is in none of the lists. */
export const checkJoinAnswer = async (
	ports: CheckingPorts,
	join: OwnJoin,
	{ answer, collected }: { readonly answer: JsonObject; readonly collected: CollectedJoin },
): Promise<Omit<JoinedRoom, "close"> | HandshakeFailure> => {
	const { version } = join;
	if (collected.failure !== undefined) return collected.failure;
	const isPartial = getValue(answer, "members_omitted") === true;
	if (isPartial && !join.mayOmitMembers) return misbehaved("MEM-ANSWER", "members were left out unasked");
	if (!isList(answer, "state") || !isList(answer, "auth_chain"))
		return misbehaved("MEM-ANSWER", "no list of state or auth chain");
	const event = signedJoin(join.event, answer, version);
	if (event === undefined) return misbehaved("MEM-ANSWER", "the join that comes back is another event");
	collected.arrived.delete(event.eventId);
	const room = { roomId: event.roomId, version };
	const judged = await judgeArrived(collected.arrived, room, { ...ports, events: nothingKnown });
	const claim = { event, version, collected, judged, isPartial };
	const state = await decidingState(claim);
	const wrong =
		(await checkJoin(claim, ports)) ?? checkState(claim, state) ?? (await checkAllowed(claim, state, ports));
	if (wrong !== undefined) return wrong;
	return {
		kind: "joined",
		version,
		event,
		state: authStateOf(state.map((stored) => stored.event)),
		stateIds: [...collected.state.values()].filter((id) => judged.status(id) === "accepted"),
		events: judged,
		isPartial,
		serversInRoom: [...collected.servers],
		leftOut: judged.leftOut,
	};
};

const nothingKnown: EventStore = { events: async () => new Map() };

const isList = (answer: JsonObject, key: string): boolean => Array.isArray(getValue(answer, key));

/** A restricted join comes back with the signature of the server that authorises it: the same event, or none. */
const signedJoin = (own: RoomEvent, answer: JsonObject, version: RoomVersion): RoomEvent | undefined => {
	const returned = getValue(answer, "event");
	if (!Object.hasOwn(own.content, "join_authorised_via_users_server")) return own;
	const parsed = isJsonObject(returned) ? parseEvent(returned, version) : undefined;
	return parsed?.kind === "ok" && parsed.event.eventId === own.eventId ? parsed.event : undefined;
};

interface Claim {
	readonly event: RoomEvent;
	readonly version: RoomVersion;
	readonly collected: CollectedJoin;
	readonly judged: JudgedEvents;
	readonly isPartial: boolean;
}

/** The accepted events of the state that the rules for the join look at. */
const decidingState = async ({ event, version, collected, judged }: Claim): Promise<readonly StoredEvent[]> => {
	const keys = authEventKeys(event, version).map(([type, stateKey]) => stateMapKey(type, stateKey));
	const deciding = decidingTypes.map((type) => stateMapKey(type, ""));
	const found: StoredEvent[] = [];
	for (const key of new Set([...deciding, ...keys])) {
		const eventId = collected.state.get(key);
		const stored = eventId === undefined ? undefined : await judged.find(eventId);
		if (stored?.status === "accepted") found.push(stored);
	}
	return found;
};

/** The join by itself: signatures, its own auth events among what was brought. */
const checkJoin = async (
	{ event, version, judged }: Claim,
	ports: CheckingPorts,
): Promise<HandshakeFailure | undefined> => {
	const outcome = await checkWithoutState(
		event.json,
		{ roomId: event.roomId, version },
		{ ...ports, events: eventsOf(judged) },
	);
	if (outcome.kind === "accepted") return undefined;
	if (outcome.kind === "incomplete") return misbehaved("MEM-AUTH-CHAIN", "what the join stands on was not brought");
	return misbehaved(outcome.rule, outcome.detail);
};

const eventsOf = (judged: JudgedEvents): EventStore => ({
	events: async (ids) => {
		const found = new Map<EventId, StoredEvent>();
		for (const id of ids) {
			const stored = await judged.find(id);
			if (stored !== undefined) found.set(id, stored);
		}
		return found;
	},
});

/** The state as a whole: the room's own beginning, and nothing that decides left out. */
const checkState = (
	{ event, version, collected, judged }: Claim,
	state: readonly StoredEvent[],
): HandshakeFailure | undefined => {
	for (const type of decidingTypes) {
		const eventId = collected.state.get(stateMapKey(type, ""));
		const left = judged.leftOut.find((each) => each.eventId === eventId);
		if (left !== undefined) return misbehaved(left.rule, `${type} cannot be believed`);
	}
	const create = state.find((stored) => stored.event.type === "m.room.create")?.event;
	if (create === undefined) return misbehaved("MEM-CREATE", "the state has no create event");
	const createId = createEventIdOf(event.roomId);
	if (createId !== undefined && create.eventId !== createId)
		return misbehaved("MEM-CREATE", "another room's create event");
	// Without the property a room is of version 1.
	if ((getString(create.content, "room_version") ?? "1") !== version.id) {
		return misbehaved("MEM-CREATE", "the room is of another version than was said");
	}
	return undefined;
};

/** The state allows the join. Memberships that were left out are those that the join cites. */
const checkAllowed = async (
	{ event, version, judged, isPartial }: Claim,
	state: readonly StoredEvent[],
	{ verifier }: CheckingPorts,
): Promise<HandshakeFailure | undefined> => {
	const known = authStateOf(state.map((stored) => stored.event));
	const before = isPartial ? await withCitedMembers(known, event, eventsOf(judged)) : known;
	const decision = authorizerWith(verifier)(event, before, version);
	return decision.kind === "refused" ? misbehaved(decision.rule, decision.detail) : undefined;
};
