import type { AuthState } from "../../../../federation/authorization/auth-state.ts";
import { authEventKeys } from "../../../../federation/authorization/select-auth-events.ts";
import { buildEvent } from "../../../../federation/events/build-event.ts";
import { maxPrevEvents } from "../../../../federation/events/event-limits.ts";
import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../../../../federation/events/state-key.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import { AppError } from "../../../shared/app-error.ts";
import { refuseWeakening } from "../room-encryption.ts";
import { approved } from "./approval.ts";
import { noteEnds } from "./ends-rows.ts";
import { placeInChains } from "./place-in-chains.ts";
import { projectEvent } from "./project-event.ts";
import type { DraftContext, DraftEvent, PlacedEvent, RoomDraft } from "./room-draft.ts";
import type { Extremity, RoomHead, RoomRow, StateEntry } from "./room-head.ts";
import { emptyRowBatch } from "./row-batch.ts";
import { stateGroupLevel } from "./state-group-shape.ts";

interface DraftState {
	row: RoomRow;
	extremities: readonly Extremity[];
	stateHeight: number;
	readonly changed: Map<StateMapKey, StateEntry>;
}

/** So long, or less, it mostly takes until the members of a room that was joined are all there. */
const retryAfterMs = 5_000;

const isMember = (type: string): boolean => type === "m.room.member";

/** Opens a draft on a head that holds (or is known to lack) every member the plan reads. */
export const openDraft = (head: RoomHead, context: DraftContext): RoomDraft => {
	const draft: DraftState = {
		row: head.row,
		extremities: head.extremities,
		stateHeight: head.stateHeight,
		changed: new Map(),
	};
	const rows = emptyRowBatch(0);
	const placed: PlacedEvent[] = [];
	const entry = (type: string, stateKey: string): StateEntry | undefined => {
		const key = stateMapKey(type, stateKey);
		const changed = draft.changed.get(key);
		if (changed !== undefined) return changed;
		if (!isMember(type)) return head.state.get(key);
		if (!head.members.has(stateKey) && !head.hasAllMembers)
			throw new Error(`the membership of ${stateKey} was not loaded`);
		const member = head.members.get(stateKey);
		if (member === undefined && head.areMembersArriving) throw new AppError("members-arriving", { retryAfterMs });
		return member;
	};
	const self: RoomDraft = {
		get roomId() {
			return draft.row.roomId;
		},
		head,
		get row() {
			return draft.row;
		},
		rows,
		placed,
		context,
		entry,
		state: (type, stateKey = "") => entry(type, stateKey)?.event,
		add: (event) => {
			const added = addEvent(self, draft, event);
			placed.push(added);
			return added;
		},
		propose: (event) => authorizedEvent(self, draft, event),
		updateRow: (change) => {
			draft.row = { ...draft.row, ...change };
		},
		apply: () => applyDraft(head, draft),
	};
	return self;
};

const addEvent = (self: RoomDraft, draft: DraftState, wanted: DraftEvent): PlacedEvent => {
	const { head, context } = self;
	const event = authorizedEvent(self, draft, wanted);
	// From version 12 a room is named by its create event.
	if (draft.extremities.length === 0) draft.row = { ...draft.row, roomId: event.roomId };
	const nid = context.nextNid();
	const named = namedExtremities(draft);
	const edges = named.map((extremity) => ({ eventNid: nid, prevEventNid: extremity.nid }));
	self.rows.edges.push(...edges);
	const left = draft.extremities.slice(named.length);
	draft.extremities = [...left, { nid, eventId: event.eventId, depth: event.depth }];
	noteEnds(self.rows.ends, head.row.nid, { removed: named.map((end) => end.nid), added: [nid] });
	draft.row = { ...draft.row, headPosition: nid, depth: event.depth };
	const projected = projectEvent(self, event, nid);
	draft.row = projected;
	if (event.stateKey !== undefined) setState(self, draft, { nid, event: event as StateEvent });
	self.rows.events.push({
		nid,
		roomNid: head.row.nid,
		eventId: event.eventId,
		type: event.type,
		stateKey: event.stateKey,
		sender: event.sender,
		depth: event.depth,
		originServerTs: event.originServerTs,
		stateGroupId: draft.row.stateGroupId ?? nid,
		messageOrdinal: draft.row.messageCount,
		transactionId: wanted.transactionId,
		json: encodeCanonicalJson(event.json),
	});
	const isAboutRemote = self.rows.remoteChanges.at(-1)?.eventNid === nid;
	if (head.hasRemoteMembers || isAboutRemote) self.rows.outbox.push({ roomNid: head.row.nid, eventNid: nid });
	return { nid, messageOrdinal: draft.row.messageCount, event };
};

/** Other servers can leave more ends than an event may name; the next events take up the rest. */
const namedExtremities = ({ extremities }: DraftState): readonly Extremity[] =>
	extremities.length > maxPrevEvents ? extremities.slice(0, maxPrevEvents) : extremities;

const authorizedEvent = (self: RoomDraft, draft: DraftState, wanted: DraftEvent): RoomEvent => {
	const { head, context } = self;
	refuseWeakening(self.row.encryption, wanted);
	const selectable = { type: wanted.type, sender: wanted.sender, stateKey: wanted.stateKey, content: wanted.content };
	const authEvents = authEventKeys(selectable, head.version).flatMap(([type, stateKey]) => {
		const found = self.entry(type, stateKey);
		return found === undefined ? [] : [found.event.eventId];
	});
	const isFirst = draft.extremities.length === 0;
	const built = buildEvent(
		{ ...wanted, roomId: isFirst && head.version.roomIdIsCreateHash ? undefined : self.roomId },
		{
			version: head.version,
			signer: context.signer,
			prevEvents: namedExtremities(draft),
			authEvents,
			originServerTs: context.now,
		},
	);
	if (built.kind === "refused") {
		const code = built.rule === "EVT-02" ? "too-large" : "bad-input";
		throw new AppError(code, { rule: built.rule, detail: built.detail });
	}
	const state: AuthState = { get: (type, stateKey) => self.state(type, stateKey) };
	const decision = context.authorize(built.event, state, head.version);
	if (decision.kind === "refused") {
		throw new AppError("forbidden", { rule: decision.rule, detail: decision.detail });
	}
	const policyContent = self.state("m.room.policy")?.content;
	return approved(built.event, { version: head.version, policyContent, approval: context.approval });
};

const setState = (self: RoomDraft, draft: DraftState, placed: { nid: number; event: StateEvent }): void => {
	const { nid, event } = placed;
	const chain = placeInChains(self, placed);
	draft.changed.set(stateMapKey(event.type, event.stateKey), { nid, event, chain });
	const height = draft.row.stateGroupId === undefined ? 0 : draft.stateHeight + 1;
	const roomNid = self.head.row.nid;
	const level = stateGroupLevel(height);
	self.rows.stateGroups.push({ id: nid, roomNid, previousId: draft.row.stateGroupId, height, level, eventNids: [nid] });
	self.rows.currentState.set(`${roomNid}\n${event.type}\n${event.stateKey}`, {
		roomNid,
		type: event.type,
		stateKey: event.stateKey,
		eventNid: nid,
	});
	draft.stateHeight = height;
	draft.row = { ...draft.row, stateGroupId: nid };
};

const applyDraft = (head: RoomHead, draft: DraftState): void => {
	head.row = draft.row;
	head.extremities = draft.extremities;
	head.stateHeight = draft.stateHeight;
	for (const [key, entry] of draft.changed) {
		if (isMember(entry.event.type)) head.members.set(entry.event.stateKey, entry);
		else head.state.set(key, entry);
	}
};
