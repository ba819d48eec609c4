/**
 * Scenarios that others published, read from beside the repository when they are there. Batches are applied three ways;
 * all three end in the same state.
 */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { authorizeEvent } from "../authorization/authorize-event.ts";
import type { RoomEvent, StateEvent } from "../events/room-event.ts";
import { type StateMap, splitStateMapKey, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { RoomVersion } from "../room-versions/room-version.ts";
import { roomVersion } from "../room-versions/room-versions.ts";
import { InMemoryRoom } from "../testing/in-memory-room.ts";
import { resolutionSourceOf } from "../testing/resolution-source-of.ts";
import { resolveState } from "./resolve-state.ts";

const folder = "../shared/vectors/state-resolution/";
const isPresent = existsSync(`${folder}cases.json`);

interface Scenario {
	readonly name: string;
	readonly kind: "batches" | "stateMaps";
	readonly pdus: readonly string[];
	readonly stateMaps?: readonly string[];
	readonly expected: string;
}

interface Pdu {
	readonly event_id: string;
	readonly room_id?: string;
	readonly sender: string;
	readonly type: string;
	readonly state_key: string;
	readonly content: JsonObject;
	readonly origin_server_ts: number;
	readonly prev_events: readonly string[];
	readonly auth_events: readonly string[];
}

const read = <T>(file: string): T => JSON.parse(readFileSync(`${folder}${file}`, "utf8"));

const toEvent = (pdu: Pdu, depth: number): StateEvent =>
	({
		eventId: pdu.event_id,
		roomId: pdu.room_id ?? `!${pdu.event_id.slice(1)}`,
		sender: pdu.sender,
		type: pdu.type,
		stateKey: pdu.state_key,
		content: pdu.content,
		prevEvents: pdu.prev_events,
		authEvents: pdu.auth_events,
		depth,
		originServerTs: pdu.origin_server_ts,
		redacts: undefined,
		json: pdu as unknown as JsonObject,
	}) as unknown as StateEvent;

const readBatches = (scenario: Scenario): readonly (readonly StateEvent[])[] =>
	scenario.pdus.map((file) => read<readonly Pdu[]>(file).map(toEvent));

const versionOf = (batches: readonly (readonly RoomEvent[])[]): RoomVersion => {
	const version = roomVersion(String(batches[0]?.[0]?.content["room_version"]));
	if (version === undefined) throw new Error("the scenario names no room version");
	return version;
};

const singleState = (event: StateEvent): StateMap =>
	new Map([[stateMapKey(event.type, event.stateKey), event.eventId]]);

/** Follows `prev_events`, one event at a time; the state after the last one of each branch is resolved. */
const resolveOneByOne = (batches: readonly (readonly StateEvent[])[], version: RoomVersion): StateMap => {
	const room = new InMemoryRoom(version);
	for (const event of batches.flat()) {
		const before = room.stateAt(event.prevEvents);
		const state = {
			get: (type: string, stateKey: string) => {
				const id = before.get(stateMapKey(type, stateKey));
				return id === undefined ? undefined : (room.event(id) as StateEvent);
			},
		};
		room.add(event, authorizeEvent(event, state, version).kind === "allowed" ? "accepted" : "rejected");
	}
	return room.currentState();
};

/** One file at a time: the state so far and each event of the file as a state of its own. */
const resolveByFile = (batches: readonly (readonly StateEvent[])[], version: RoomVersion): StateMap => {
	const source = resolutionSourceOf(batches.flat());
	let state: StateMap | undefined;
	for (const batch of batches) {
		const singles = batch.map(singleState);
		state = resolveState(state === undefined ? singles : [state, ...singles], source, version);
	}
	return state ?? new Map();
};

const resolveAtOnce = (batches: readonly (readonly StateEvent[])[], version: RoomVersion): StateMap =>
	resolveState(batches.flat().map(singleState), resolutionSourceOf(batches.flat()), version);

const expectedState = (file: string): readonly string[] =>
	read<readonly Pick<Pdu, "event_id" | "type" | "state_key">[]>(file)
		.map((entry) => `${entry.type} ${entry.state_key} ${entry.event_id}`)
		.sort();

const listed = (state: StateMap): readonly string[] =>
	[...state].map(([key, id]) => `${splitStateMapKey(key).join(" ")} ${id}`).sort();

describe("RES-ALGORITHM: published scenarios", () => {
	const scenarios = isPresent ? read<{ readonly cases: readonly Scenario[] }>("cases.json").cases : [];

	// skipped: without the published scenarios beside the repository there is nothing to hold to
	it.skipIf(!isPresent)(`RES-ALGORITHM: there are 13 of them (in ${folder})`, () => {
		expect(scenarios).toHaveLength(13);
	});

	for (const scenario of scenarios.filter(({ kind }) => kind === "batches")) {
		it.each([
			["one event at a time", resolveOneByOne],
			["one file at a time", resolveByFile],
			["all at once", resolveAtOnce],
		] as const)(`RES-ALGORITHM: ${scenario.name}, %s`, (_, resolve) => {
			const batches = readBatches(scenario);
			expect(listed(resolve(batches, versionOf(batches)))).toEqual(expectedState(scenario.expected));
		});
	}

	for (const scenario of scenarios.filter(({ kind }) => kind === "stateMaps")) {
		it(`RES-ALGORITHM: ${scenario.name}`, () => {
			const batches = readBatches(scenario);
			const source = resolutionSourceOf(batches.flat());
			const states = (scenario.stateMaps ?? []).map(
				(file) =>
					new Map(
						read<readonly EventId[]>(file).map((id) => {
							const event = source.event(id) as StateEvent;
							return [stateMapKey(event.type, event.stateKey), id] as const;
						}),
					),
			);
			const version = versionOf(batches);
			expect(listed(resolveState(states, source, version))).toEqual(expectedState(scenario.expected));
			expect(listed(resolveState(states.reverse(), source, version))).toEqual(expectedState(scenario.expected));
		});
	}
});
