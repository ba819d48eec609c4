import { describe, expect, it } from "vitest";
import type { RoomEvent, StateEvent } from "../../../../federation/events/room-event.ts";
import type { StateMap } from "../../../../federation/events/state-key.ts";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import { withKey } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { type SeededRandom, seededRandom } from "../../../../federation/testing/seeded-random.ts";
import type { SimulatedHistory } from "../../../../federation/testing/simulated-history.ts";
import type { SimulatedServer } from "../../../../federation/testing/simulated-server.ts";
import {
	createTestReceiving,
	localAnchor,
	simulateWithUs,
	type TestReceiving,
} from "../../../../tests/setup/test-receiving.ts";
import { testRoomSigner } from "../../../../tests/setup/test-rooms.ts";
import type { PlacedState } from "../../rooms/public.ts";

const idsOf = (state: PlacedState | StateMap): Record<string, string> =>
	Object.fromEntries(
		[...state].map(([key, place]): [string, string] => [key, typeof place === "string" ? place : place.eventId]),
	);

const encoded = (content: JsonObject): string => encodeCanonicalJson(content);

/** What the database holds of the room, in the words of the room in memory. */
const storedRoom = async (kith: TestReceiving, reference: SimulatedServer) => {
	const events = await kith.graph.find(reference.room.events.map(({ eventId }) => eventId));
	const roomId = reference.room.events[0]?.roomId as RoomId;
	const room = await kith.graph.room(roomId);
	const ends = await kith.graph.ends(room?.nid ?? 0);
	const idOf = new Map([...events.values()].map(({ nid, event }) => [nid, event.eventId]));
	const statesAfter: Record<string, Record<string, string>> = {};
	for (const [eventId, { stateGroupId }] of events) {
		statesAfter[eventId] = idsOf(stateGroupId === undefined ? new Map() : await kith.graph.stateOf(stateGroupId));
	}
	return {
		statuses: Object.fromEntries([...events].map(([eventId, { status }]) => [eventId, status])),
		contents: Object.fromEntries([...events].map(([eventId, { event }]) => [eventId, encoded(event.content)])),
		ends: [...ends.nids()].map((nid) => idOf.get(nid)).sort(),
		present: idsOf(await kith.graph.currentState(roomId)),
		statesAfter,
	};
};

const roomInMemory = ({ room }: SimulatedServer) => ({
	statuses: Object.fromEntries(room.events.map(({ eventId }) => [eventId, room.status(eventId)])),
	contents: Object.fromEntries(room.events.map(({ eventId, content }) => [eventId, encoded(content)])),
	ends: room.extremities.map(({ eventId }) => eventId).sort(),
	present: idsOf(room.currentState()),
	statesAfter: Object.fromEntries(room.events.map(({ eventId }) => [eventId, idsOf(room.stateAfter(eventId))])),
});

/** Everything the local person is shown, oldest first. */
const shownTo = async (kith: TestReceiving, roomId: RoomId): Promise<EventId[]> => {
	const shown: EventId[] = [];
	let cursor: string | undefined;
	do {
		const page = await kith.timeline.page(localAnchor, { roomId, direction: "forwards", limit: 100, cursor });
		shown.push(...page.items.map(({ eventId }) => eventId as EventId));
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	return shown;
};

/** Some PDUs are altered on their way: their redacted copies are kept. */
const transported = (pdu: JsonObject, random: SeededRandom): JsonObject =>
	random.chance(0.1) ? withKey(pdu, "content", withKey(pdu["content"] as JsonObject, "altered", true)) : pdu;

const arriving = (history: SimulatedHistory, seed: number): readonly [JsonObject, ...JsonObject[]] => {
	const random = seededRandom(seed);
	const [create, ...others] = history.pdus;
	if (create === undefined) throw new Error("the room has no beginning");
	return [create, ...random.shuffled(others).map((pdu) => transported(pdu, random))];
};

const heardInMemory = async (history: SimulatedHistory, pdus: readonly JsonObject[]): Promise<SimulatedServer> => {
	const reference = history.newcomer(testRoomSigner);
	for (const pdu of pdus) await reference.receive(pdu);
	return reference;
};

const hearBoth = async (kith: TestReceiving, history: SimulatedHistory, seed: number): Promise<SimulatedServer> => {
	const [create, ...others] = arriving(history, seed);
	await kith.open(create);
	await kith.hear(others);
	return heardInMemory(history, [create, ...others]);
};

/** The first seed from which on everything happens that can: acceptance, soft failure and rejection. */
const eventfulSeed = async (versionId: "11" | "12"): Promise<number> => {
	for (let seed = 1; ; seed++) {
		const history = await simulateWithUs(seed, versionId);
		const { room } = await heardInMemory(history, arriving(history, seed));
		if (new Set(room.events.map(({ eventId }) => room.status(eventId))).size === 3) return seed;
	}
};

/** The room's people and counts, as lists show them. */
const projected = async ({ database }: TestReceiving) => {
	const { rows: people } = await database.pool.query("SELECT user_id, membership FROM memberships");
	const { rows: rooms } = await database.pool.query(
		"SELECT name, topic, join_rule, joined_count, invited_count, message_count FROM rooms",
	);
	return { people: Object.fromEntries(people.map((row) => [row.user_id, row.membership])), room: rooms[0] };
};

const projectedInMemory = ({ room }: SimulatedServer) => {
	const state = [...room.currentState().values()].map((id) => room.event(id) as StateEvent);
	const members = state.filter(({ type }) => type === "m.room.member");
	const count = (membership: string) => members.filter(({ content }) => content["membership"] === membership).length;
	const value = (type: string, key: string) =>
		state.find((event) => event.type === type && event.stateKey === "")?.content[key] ?? null;
	const isShown = ({ eventId, type }: RoomEvent) => type === "m.room.message" && room.status(eventId) === "accepted";
	return {
		people: Object.fromEntries(members.map(({ stateKey, content }) => [stateKey, content["membership"]])),
		room: {
			name: value("m.room.name", "name"),
			topic: value("m.room.topic", "topic"),
			join_rule: value("m.room.join_rules", "join_rule") ?? "invite",
			joined_count: count("join"),
			invited_count: count("invite"),
			message_count: room.events.filter(isShown).length,
		},
	};
};

describe("a room of other servers", { timeout: 120_000 }, () => {
	it("is the same in the database as in memory, whatever the order and what was altered on the way", async () => {
		const outcomes = new Set<string>();
		const twelfth = await eventfulSeed("12");
		const eleventh = await eventfulSeed("11");
		for (const [seed, versionId] of [
			[twelfth, "12"],
			[eleventh, "11"],
			[4, "11"],
		] as const) {
			const history = await simulateWithUs(seed, versionId);
			await using kith = await createTestReceiving(history.world);
			const reference = await hearBoth(kith, history, seed);
			for (const outcome of reference.outcomes.keys()) outcomes.add(outcome);
			expect(kith.waiting()).toBe(0);
			expect(await storedRoom(kith, reference), `seed ${seed}`).toEqual(roomInMemory(reference));
			const expected = projectedInMemory(reference);
			const { room, people } = await projected(kith);
			// Whom resolution left without a member event is kept as one who left.
			const gone = Object.keys(people).filter((userId) => !Object.hasOwn(expected.people, userId));
			const left = Object.fromEntries(gone.map((userId) => [userId, "leave"]));
			expect({ room, people }, `seed ${seed}`).toEqual({ ...expected, people: { ...expected.people, ...left } });
		}
		expect([...outcomes].sort()).toEqual(["accepted", "incomplete", "redacted", "rejected", "softFailed"]);
	});

	it("shows its people here what was accepted, in the order in which it came, and lets them write", async () => {
		const seed = await eventfulSeed("12");
		const history = await simulateWithUs(seed, "12");
		await using kith = await createTestReceiving(history.world);
		const reference = await hearBoth(kith, history, seed);
		const roomId = history.world.roomId as RoomId;
		const accepted = reference.room.events.filter(({ eventId }) => reference.room.status(eventId) === "accepted");
		const shown = await shownTo(kith, roomId);
		expect(shown).toEqual(accepted.filter(({ type }) => type !== "m.room.redaction").map(({ eventId }) => eventId));
		expect(shown.length).toBeLessThan(history.pdus.length);
		// What is written here names all ends of the graph, and the others accept it.
		const sent = await kith.messages.send({ userId: localAnchor, roomId, transactionId: "t", body: "here too" });
		const [stored] = (await kith.graph.find([sent.eventId])).values();
		await reference.receive(stored?.event.json as JsonObject);
		expect(reference.room.status(sent.eventId)).toBe("accepted");
		expect(await storedRoom(kith, reference)).toEqual(roomInMemory(reference));
		expect(await shownTo(kith, roomId)).toEqual([...shown, sent.eventId]);
	});
});
