/**
 * What every driver of the EventStore and StateStore ports must answer, over one small room in which everything happened:
 * a fork that was joined again, a rejected and a soft-failed event.
 */
import { expect, it } from "vitest";
import type { ProtoEvent } from "../events/build-event.ts";
import type { RoomEvent } from "../events/room-event.ts";
import { type StateMapKey, stateMapKey } from "../events/state-key.ts";
import type { EventId } from "../identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { PartialState, StateStore } from "../ports/state-store.ts";
import { roomVersions } from "../room-versions/room-versions.ts";
import { nobleVerifier } from "../signing/noble-verifier.ts";
import { eventId, roomId, userId } from "./identifiers.ts";
import { testSigner } from "./noble-signer.ts";
import { type Act, SimulatedServer, type SimulatedWorld } from "./simulated-server.ts";

/** The room, as a driver is filled with it: its events in the order in which they were received. */
export interface ContractRoom {
	readonly world: SimulatedWorld;
	readonly pdus: readonly JsonObject[];
	/** The events by the names that the suites use. */
	readonly named: Readonly<Record<Name, RoomEvent>>;
}

type Name = "create" | "levels" | "plain" | "oneTopic" | "otherTopic" | "joined" | "rejected" | "kick" | "softFailed";

/** A driver that has received the room. */
export interface FilledDriver<Store> extends AsyncDisposable {
	readonly store: Store;
}

type Open<Store> = (room: ContractRoom) => Promise<FilledDriver<Store>>;
type Version = "11" | "12";

const versions: readonly Version[] = ["11", "12"];
const ann = userId("@ann:one.example");
const bob = userId("@bob:one.example");
const unknown = eventId("$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5Zg");
const topic = stateMapKey("m.room.topic", "");
const bobsMembership = stateMapKey("m.room.member", bob);

/** Runs the suite over a driver of EventStore. */
export const describeEventStore = (driver: string, open: Open<EventStore>): void => {
	it.each(versions)(`${driver} as EventStore: holds each event as signed, with its status, version %s`, async (id) => {
		const room = await contractRoom(id);
		await using filled = await open(room);
		const wanted = [...Object.values(room.named).map((event) => event.eventId), unknown];
		const found = await filled.store.events(wanted);
		expect(found.has(unknown)).toBe(false);
		for (const [name, event] of Object.entries(room.named)) {
			const status = name === "rejected" || name === "softFailed" ? name : "accepted";
			const stored = found.get(event.eventId);
			expect(stored?.status, name).toBe(status);
			expect(encodeCanonicalJson(stored?.event.json ?? {}), name).toBe(encodeCanonicalJson(event.json));
		}
		expect(await filled.store.events([])).toEqual(new Map());
	});
};

/** Runs the suite over a driver of StateStore. */
export const describeStateStore = (driver: string, open: Open<StateStore>): void => {
	it.each(versions)(`${driver} as StateStore: answers with the state before events and now, version %s`, async (id) => {
		const room = await contractRoom(id);
		const { named, world } = room;
		await using filled = await open(room);
		const { store } = filled;
		const topicBefore = async (event: RoomEvent) => (await store.stateBefore(event, [topic]))?.get(topic)?.eventId;
		expect(await topicBefore(named.oneTopic), "before the fork").toBeUndefined();
		expect(await topicBefore(named.joined), "where the fork joins").toBe(named.otherTopic.eventId);
		const after = (...prevEvents: EventId[]): RoomEvent => ({ ...named.plain, eventId: unknown, prevEvents });
		expect(await topicBefore(after(named.oneTopic.eventId)), "on one branch").toBe(named.oneTopic.eventId);
		expect(await store.stateBefore(after(unknown), [topic]), "after an unknown event").toBeUndefined();
		expect(await store.stateBefore(after(named.plain.eventId, unknown), [topic])).toBeUndefined();
		expect([...((await store.stateBefore(named.create, [topic])) ?? [])], "at the beginning").toEqual([]);
		const levels = stateMapKey("m.room.power_levels", "");
		expect(idsIn(await store.stateBefore(after(named.rejected.eventId), [levels]), [levels])).toEqual([
			named.levels.eventId,
		]);
		expect(await topicBefore(after(named.softFailed.eventId)), "after a soft-failed one").toBe(
			named.softFailed.eventId,
		);
		const present = await store.currentState(world.roomId ?? named.create.roomId, [bobsMembership, topic, levels]);
		expect(idsIn(present, [bobsMembership, topic, levels])).toEqual([
			named.kick.eventId,
			named.otherTopic.eventId,
			named.levels.eventId,
		]);
	});
};

const idsIn = (state: PartialState | undefined, keys: readonly StateMapKey[]): readonly (EventId | undefined)[] =>
	keys.map((key) => state?.get(key)?.eventId);

const contractRoom = async (id: Version): Promise<ContractRoom> => {
	const signer = testSigner("one.example");
	const version = roomVersions[id];
	const world: SimulatedWorld = {
		version,
		verifier: nobleVerifier,
		keys: () => ({ kind: "current", publicKey: signer.publicKey, validUntilTs: 10_000, receivedTs: 0 }),
		roomId: version.roomIdIsCreateHash ? undefined : roomId("!contract:one.example"),
	};
	const server = new SimulatedServer(signer, world);
	let ts = 0;
	const send = async (proto: Omit<ProtoEvent, "roomId">, act: Partial<Act> = {}): Promise<RoomEvent> => {
		ts += 1;
		const event = await server.send({ proto, originServerTs: ts, ...act });
		if (event === undefined) throw new Error(`${proto.type} may not be sent`);
		return event;
	};
	const state = (type: string, content: JsonObject, sender = ann) => ({ sender, type, stateKey: "", content });
	const member = (of: typeof ann, membership: string, sender = of) => ({
		sender,
		type: "m.room.member",
		stateKey: of,
		content: { membership },
	});
	const create = await send(state("m.room.create", { room_version: id }));
	await send(member(ann, "join"));
	const users = version.privilegedCreators ? { [bob]: 50 } : { [ann]: 100, [bob]: 50 };
	const levels = await send(state("m.room.power_levels", { users }));
	await send(state("m.room.join_rules", { join_rule: "public" }));
	await send(member(bob, "join"));
	const plain = await send({ sender: bob, type: "m.room.message", content: { body: "\u0000 and \u{1f370}" } });
	const fork = { prevEvents: [plain.eventId] };
	const oneTopic = await send(state("m.room.topic", { topic: "one" }), fork);
	const otherTopic = await send(state("m.room.topic", { topic: "other" }, bob), fork);
	const joined = await send({ sender: ann, type: "m.room.message", content: { body: "joined" } });
	const raised = state("m.room.power_levels", { users: { ...users, [bob]: 100 } }, bob);
	const rejected = await send(raised, { isUnchecked: true });
	const kick = await send(member(bob, "leave", ann));
	// Bob was in the room where he builds on, and is not any more.
	const softFailed = await send(state("m.room.topic", { topic: "too late" }, bob), fork);
	const named = { create, levels, plain, oneTopic, otherTopic, joined, rejected, kick, softFailed };
	return { world, pdus: server.room.events.map(({ json }) => json), named };
};
