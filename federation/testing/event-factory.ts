/**
 * Readable rooms and events for tests. An event's id spells its name (`$alice-join` padded to the length of a real
 * one), so that a failing comparison can be read; nothing here is hashed or signed. Events that must survive the format,
 * hash and signature checks come from `events/build-event.ts` instead.
 */

import type { AuthState } from "../authorization/auth-state.ts";
import { authEventKeys } from "../authorization/select-auth-events.ts";
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { type StateMap, type StateMapKey, stateMapKey } from "../events/state-key.ts";
import type { EventId, RoomId, UserId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion, RoomVersionId } from "../room-versions/room-version.ts";
import { roomVersions } from "../room-versions/room-versions.ts";

/** What a test says about an event; the factory fills in the rest. */
export interface TestEvent {
	readonly type: string;
	readonly sender: string;
	readonly stateKey?: string;
	readonly content?: JsonObject;
	/** A readable name for the event id, unique in the test; by default a counter and the type. */
	readonly name?: string;
	readonly roomId?: string;
	readonly prevEvents?: readonly EventId[];
	readonly authEvents?: readonly EventId[];
	readonly depth?: number;
	readonly originServerTs?: number;
	readonly redacts?: EventId;
}

/** An event id of the right shape that spells a name. */
export const testEventId = (name: string): EventId =>
	`$${name
		.replace(/[^A-Za-z0-9_-]/g, "-")
		.slice(0, 43)
		.padEnd(43, "_")}` as EventId;

const wireJson = (event: Omit<RoomEvent, "json">, version: RoomVersion): JsonObject => ({
	type: event.type,
	...(version.roomIdIsCreateHash && event.type === "m.room.create" ? {} : { room_id: event.roomId }),
	sender: event.sender,
	...(event.stateKey === undefined ? {} : { state_key: event.stateKey }),
	content: event.content,
	prev_events: event.prevEvents,
	auth_events: event.authEvents,
	depth: event.depth,
	origin_server_ts: event.originServerTs,
	...(event.redacts === undefined || version.redactsInContent ? {} : { redacts: event.redacts }),
});

/** An event on its own: without neighbours unless the test names them. */
export const testEvent = (spec: TestEvent & { readonly name: string }, version: RoomVersion): RoomEvent => {
	const eventId = testEventId(spec.name);
	const isV12Create = version.roomIdIsCreateHash && spec.type === "m.room.create";
	const event = {
		eventId,
		roomId: (isV12Create ? `!${eventId.slice(1)}` : (spec.roomId ?? "!room:one.example")) as RoomId,
		sender: spec.sender as UserId,
		type: spec.type,
		stateKey: spec.stateKey,
		content: spec.content ?? {},
		prevEvents: spec.prevEvents ?? [],
		authEvents: spec.authEvents ?? [],
		depth: spec.depth ?? 1,
		originServerTs: spec.originServerTs ?? 0,
		redacts: spec.redacts,
	};
	return { ...event, json: wireJson(event, version) };
};

/** A room that grows event by event. `append` never authorizes: a test may put any state in place. */
export class TestRoom {
	readonly version: RoomVersion;
	/** Every event of the room and its forks, by id. */
	readonly events: Map<EventId, RoomEvent>;
	#state = new Map<StateMapKey, StateEvent>();
	#extremities: readonly RoomEvent[] = [];
	#counter = 0;
	#label = "";

	constructor(versionId: RoomVersionId, events = new Map<EventId, RoomEvent>()) {
		this.version = roomVersions[versionId];
		this.events = events;
	}

	/** The room's create event; throws before there is one. */
	get create(): StateEvent {
		const create = this.#state.get(stateMapKey("m.room.create", ""));
		if (create === undefined) throw new Error("the test room has no create event");
		return create;
	}

	/** A copy that goes its own way: a branch of the event graph, or another server's view. */
	fork(label: string): TestRoom {
		const fork = new TestRoom(this.version.id, this.events);
		fork.#state = new Map(this.#state);
		fork.#extremities = this.#extremities;
		fork.#counter = this.#counter;
		fork.#label = `${this.#label}${label}-`;
		return fork;
	}

	/** The current state for authorization. */
	authState(): AuthState {
		const state = new Map(this.#state);
		return { get: (type, stateKey) => state.get(stateMapKey(type, stateKey)) };
	}

	/** The current state as ids, as resolution takes it. */
	stateMap(): StateMap {
		return new Map([...this.#state].map(([key, event]) => [key, event.eventId]));
	}

	/** The state event at a key. */
	stateEvent(type: string, stateKey = ""): StateEvent | undefined {
		return this.#state.get(stateMapKey(type, stateKey));
	}

	/** Builds an event on the room's end: its prev events, depth, time and auth events follow from the current state. */
	build(spec: TestEvent): RoomEvent {
		const depth = 1 + Math.max(0, ...this.#extremities.map((event) => event.depth));
		return testEvent(
			{
				name: spec.name ?? `${this.#label}${this.#counter}-${spec.type.replace("m.room.", "")}`,
				prevEvents: this.#extremities.map((event) => event.eventId),
				authEvents: this.#selectAuthEvents(spec),
				depth,
				originServerTs: depth * 1000,
				...(spec.type === "m.room.create" ? {} : this.#roomId()),
				...spec,
			},
			this.version,
		);
	}

	/** Puts a built event at the room's end and its state in place. */
	accept(event: RoomEvent): RoomEvent {
		if (this.events.has(event.eventId)) throw new Error(`two test events are named ${event.eventId}`);
		this.events.set(event.eventId, event);
		this.#counter += 1;
		this.#extremities = [event];
		if (event.stateKey !== undefined) this.#state.set(stateMapKey(event.type, event.stateKey), event as StateEvent);
		return event;
	}

	/** `build` and `accept`. */
	append(spec: TestEvent): RoomEvent {
		return this.accept(this.build(spec));
	}

	/** Appends a membership; the sender is the member unless the test says otherwise. */
	member(userId: string, membership: string, spec: Partial<TestEvent> = {}): RoomEvent {
		const content = { membership, ...spec.content };
		return this.append({ type: "m.room.member", sender: userId, stateKey: userId, ...spec, content });
	}

	/** Takes another branch's end in: the next event has both ends as its prev events. State is what the test decided. */
	merge(other: TestRoom, state: StateMap): void {
		this.#extremities = [...new Set([...this.#extremities, ...other.#extremities])];
		this.#state = new Map([...state].map(([key, id]) => [key, this.events.get(id) as StateEvent]));
		this.#counter = Math.max(this.#counter, other.#counter);
	}

	#roomId(): { readonly roomId: string } | undefined {
		return this.#state.size === 0 ? undefined : { roomId: this.create.roomId };
	}

	#selectAuthEvents(spec: TestEvent): readonly EventId[] {
		const selectable = { stateKey: undefined, content: {}, ...spec };
		return authEventKeys(selectable, this.version).flatMap(([type, stateKey]) => {
			const event = this.#state.get(stateMapKey(type, stateKey));
			return event === undefined ? [] : [event.eventId];
		});
	}
}

/** The content of a create event that the version accepts. */
export const createContent = (versionId: RoomVersionId, creator: string): JsonObject => ({
	room_version: versionId,
	...(roomVersions[versionId].creatorIsSender ? {} : { creator }),
});

/** How a test's room begins. */
export interface TestRoomOptions {
	readonly creator?: string;
	readonly createContent?: JsonObject;
	readonly joinRule?: string;
	/** Content of the power levels event; `undefined` leaves the event out. */
	readonly powerLevels?: JsonObject;
	/** Further users who have joined. */
	readonly members?: readonly string[];
}

/** A room with its create event, the creator's join and what the options name. */
export const testRoom = (versionId: RoomVersionId, options: TestRoomOptions = {}): TestRoom => {
	const creator = options.creator ?? "@alice:one.example";
	const room = new TestRoom(versionId);
	const content = { ...createContent(versionId, creator), ...options.createContent };
	room.append({ type: "m.room.create", sender: creator, stateKey: "", content, name: "create" });
	room.member(creator, "join");
	const state = { sender: creator, stateKey: "" };
	if (options.powerLevels !== undefined) {
		room.append({ ...state, type: "m.room.power_levels", content: options.powerLevels });
	}
	if (options.joinRule !== undefined) {
		room.append({ ...state, type: "m.room.join_rules", content: { join_rule: options.joinRule } });
	}
	for (const member of options.members ?? []) room.member(member, "join");
	return room;
};
