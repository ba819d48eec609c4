import { describe, expect, it } from "vitest";
import type { EventId, RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { seededRandom } from "../../../../federation/testing/seeded-random.ts";
import type { SimulatedHistory } from "../../../../federation/testing/simulated-history.ts";
import type { SimulatedServer } from "../../../../federation/testing/simulated-server.ts";
import { storeOutliers } from "../../../../tests/setup/store-outliers.ts";
import { createTestReceiving, localAnchor, simulateWithUs } from "../../../../tests/setup/test-receiving.ts";

/** What another server answers to a join: the state before it, and the auth chains of that state. */
const joinAnswer = ({ room }: SimulatedServer, joinId: EventId) => {
	const state = [...room.stateBefore(joinId).values()];
	const chain = new Set<EventId>();
	const pending = [...state];
	for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
		for (const auth of room.event(id)?.authEvents ?? []) {
			if (!chain.has(auth)) pending.push(auth);
			chain.add(auth);
		}
	}
	const json = (ids: Iterable<EventId>) => [...ids].map((id) => room.event(id)?.json as JsonObject);
	return { event: json([joinId])[0] as JsonObject, state: json(state), authChain: json(chain) };
};

const joinOf = ({ room }: SimulatedServer): EventId => {
	const join = room.events.find(({ type, stateKey }) => type === "m.room.member" && stateKey === localAnchor);
	if (join === undefined) throw new Error("nobody of this server is in the room");
	return join.eventId;
};

/** Receives what came after the join; where the past is missing, another server says what the state was. */
const hearTheRest = async (
	kith: Awaited<ReturnType<typeof createTestReceiving>>,
	history: SimulatedHistory,
	pdus: readonly JsonObject[],
): Promise<number> => {
	const [other] = history.servers;
	const roomId = history.world.roomId as RoomId;
	let asked = 0;
	for (const pdu of pdus) {
		const received = await kith.receiving.receive({ roomId, pdu });
		if (received.kind !== "incomplete" || other === undefined) continue;
		asked += 1;
		const answer = joinAnswer(other, received.eventId);
		const cited = (other.room.event(received.eventId)?.authEvents ?? []).map((id) => other.room.event(id)?.json);
		await storeOutliers(kith, roomId, [...answer.authChain, ...answer.state, ...(cited as JsonObject[])]);
		const stateBefore = [...other.room.stateBefore(received.eventId).values()];
		const again = await kith.receiving.receive({ roomId, pdu, stateBefore });
		expect(again.kind).toBe("stored");
	}
	return asked;
};

describe("joining a room of other servers", { timeout: 60_000 }, () => {
	it.each(["12", "11"] as const)(
		"begins with the state it is given and ends as everybody's, version %s",
		async (id) => {
			const history = await simulateWithUs(7, id);
			const [reference] = history.servers;
			if (reference === undefined) throw new Error("no server");
			await using kith = await createTestReceiving(history.world);
			const roomId = history.world.roomId as RoomId;
			const joinId = joinOf(reference);
			const answer = joinAnswer(reference, joinId);
			expect(await kith.open(answer.event, answer.state, answer.authChain)).toMatchObject({
				kind: "stored",
				status: "accepted",
			});
			const ids = reference.room.events.map(({ eventId }) => eventId);
			const at = history.pdus.indexOf(answer.event);
			expect(at).toBeGreaterThan(0);
			const later = history.pdus.slice(at + 1);
			const asked = await hearTheRest(kith, history, seededRandom(3).shuffled(later));
			expect(asked).toBeGreaterThan(0);
			const present = await kith.graph.currentState(roomId);
			expect(Object.fromEntries([...present].map(([key, { eventId }]) => [key, eventId]))).toEqual(
				Object.fromEntries(reference.room.currentState()),
			);
			// History ends before the join, and nowhere else once everything after it is here.
			const { rows } = await kith.database.pool.query("SELECT prev_event_id FROM backward_extremities");
			const known = new Set(ids.slice(ids.indexOf(joinId)));
			expect(rows.every((row) => !known.has(row.prev_event_id))).toBe(true);
			expect(rows.length).toBeGreaterThan(0);
		},
	);

	it("shows the newcomer nothing from before the join, and is taken up again where it was cut short", async () => {
		const history = await simulateWithUs(7, "12");
		const [reference] = history.servers;
		if (reference === undefined) throw new Error("no server");
		await using kith = await createTestReceiving(history.world);
		const roomId = history.world.roomId as RoomId;
		const answer = joinAnswer(reference, joinOf(reference));
		const isCreate = (pdu: JsonObject) => pdu["type"] === "m.room.create";
		// The first attempt has the room and part of its state, and then ends.
		await kith.open(answer.event, answer.state.filter(isCreate), []);
		await expect(kith.timeline.page(localAnchor, { roomId, direction: "backwards", limit: 50 })).rejects.toMatchObject({
			code: "not-found",
		});
		await kith.open(answer.event, answer.state, answer.authChain);
		await kith.open(answer.event, answer.state, answer.authChain);
		const page = await kith.timeline.page(localAnchor, { roomId, direction: "backwards", limit: 50 });
		expect(page.items.map(({ eventId }) => eventId)).toEqual([joinOf(reference)]);
	});
});
