import { describe, expect, it } from "vitest";
import type { RoomEvent } from "../../../../federation/events/room-event.ts";
import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { userIdServer } from "../../../../federation/identifiers/user-id.ts";
import { seededRandom } from "../../../../federation/testing/seeded-random.ts";
import type { SimulatedServer } from "../../../../federation/testing/simulated-server.ts";
import { answeringOn, createSharedRoom, one, wireOf } from "../../../../tests/setup/test-answering.ts";
import { createTestReceiving, simulateWithUs } from "../../../../tests/setup/test-receiving.ts";
import { testRoomSigner } from "../../../../tests/setup/test-rooms.ts";

const sorted = (ids: unknown): string[] => [...(ids as Iterable<string>)].sort();

/** The ancestors by `auth_events`, walked one by one. */
function walkAuthEvents(starts: Iterable<EventId>, eventOf: (id: EventId) => RoomEvent | undefined): Set<EventId> {
	const found = new Set<EventId>();
	const pending = [...starts].flatMap((id) => eventOf(id)?.authEvents ?? []);
	for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
		if (found.has(id)) continue;
		found.add(id);
		pending.push(...(eventOf(id)?.authEvents ?? []));
	}
	return found;
}

/** The state before an event as the room in memory has it; undefined: it has several ends behind it. */
function stateBefore({ room }: SimulatedServer, event: RoomEvent): readonly EventId[] | undefined {
	const [only, ...others] = event.prevEvents;
	if (others.length > 0) return undefined;
	return only === undefined ? [] : [...room.stateAfter(only).values()];
}

describe("the state before an event", () => {
	it("ANS-11 is what was set before it, not by it, with its auth chain", async () => {
		await using room = await createSharedRoom();
		const { answering, roomId, kith } = room;
		await room.set("m.room.topic", { topic: "boats" });
		const [before] = await kith.ends(roomId);
		await room.set("m.room.topic", { topic: "ships" });
		const [changed] = await kith.ends(roomId);
		const eventId = changed?.eventId ?? "";
		const ids = (await wireOf(answering.stateIds({ origin: one, roomId, eventId }))).content;
		expect(ids["pdu_ids"]).toContain(before?.eventId);
		expect(ids["pdu_ids"]).not.toContain(eventId);
		const state = (await wireOf(answering.state({ origin: one, roomId, eventId }))).content;
		const pdus = state["pdus"] as { type: string; content: { topic?: string } }[];
		expect(pdus.filter(({ type }) => type === "m.room.topic")).toMatchObject([{ content: { topic: "boats" } }]);
		expect(pdus).toHaveLength((ids["pdu_ids"] as string[]).length);
		expect(state["auth_chain"]).toHaveLength((ids["auth_chain_ids"] as string[]).length);
	});

	it("is not found where nobody knows the event", async () => {
		await using room = await createSharedRoom();
		const { answering, roomId } = room;
		const asked = { origin: one, roomId, eventId: `$${"a".repeat(43)}` };
		for (const answer of [answering.state(asked), answering.stateIds(asked), answering.eventAuth(asked)])
			expect(await wireOf(answer)).toMatchObject({ status: 404, content: { errcode: "M_NOT_FOUND" } });
	});
});

describe.each(["11", "12"] as const)("a room with forks, of version %s", (version) => {
	it("ANS-12 has the states and auth chains that a walk along auth_events finds", async () => {
		const history = await simulateWithUs(11, version);
		await using kith = await createTestReceiving(history.world);
		const random = seededRandom(3);
		const [create, ...others] = history.pdus;
		if (create === undefined) throw new Error("the room has no beginning");
		await kith.open(create);
		await kith.hear(random.shuffled(others));
		const reference = history.newcomer(testRoomSigner);
		for (const pdu of history.pdus) await reference.receive(pdu);
		const { events } = reference.room;
		const roomId = events[0]?.roomId as RoomId;
		const byId = new Map(events.map((event) => [event.eventId, event]));
		const eventOf = (id: EventId) => byId.get(id);
		const origin = userIdServer(events[0]?.sender as UserId);
		const answering = answeringOn(kith.database);
		let compared = 0;
		for (const event of events) {
			const { eventId } = event;
			const chain = await wireOf(answering.eventAuth({ origin, roomId, eventId }));
			const ids = await wireOf(answering.stateIds({ origin, roomId, eventId }));
			if (reference.room.status(eventId) === "rejected") {
				expect([chain.status, ids.status]).toEqual([404, 404]);
				continue;
			}
			const expected = walkAuthEvents([eventId], eventOf);
			expect(chain.content["auth_chain"]).toHaveLength(expected.size);
			const state = stateBefore(reference, event);
			if (state === undefined) continue;
			compared += 1;
			expect(sorted(ids.content["pdu_ids"])).toEqual(sorted(state));
			expect(sorted(ids.content["auth_chain_ids"])).toEqual(sorted(walkAuthEvents(state, eventOf)));
		}
		expect(compared).toBeGreaterThan(20);
		const from = reference.room.extremities.map((event) => event.eventId);
		const whole = await wireOf(answering.backfill({ origin, roomId, from, limit: "100" }));
		const rejected = events.filter(({ eventId }) => reference.room.status(eventId) === "rejected");
		expect(whole.content["pdus"]).toHaveLength(Math.min(100, events.length - rejected.length));
	});
});
