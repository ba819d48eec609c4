import { describe, expect, it } from "vitest";
import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import { withKey } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { seededRandom } from "../../../../federation/testing/seeded-random.ts";
import { anchorOf } from "../../../../federation/testing/simulated-acts.ts";
import type { SimulatedHistory } from "../../../../federation/testing/simulated-history.ts";
import { createTestReceiving, simulateWithUs, type TestReceiving } from "../../../../tests/setup/test-receiving.ts";

/** What is stored of the room, whatever the numbers that things got. */
const stored = async ({ database }: TestReceiving) => {
	const read = async (text: string) => (await database.pool.query(text)).rows;
	return {
		events:
			await read(`SELECT e.event_id, e.verdict, e.json, e.message_ordinal, e.redacted_by_nid IS NOT NULL AS redacted,
			(SELECT array_agg(p.event_id ORDER BY p.event_id) FROM event_edges d JOIN events p ON p.nid = d.prev_event_nid
				WHERE d.event_nid = e.nid) AS previous
			FROM events e ORDER BY e.position`),
		ends: await read(
			"SELECT e.event_id FROM forward_extremities x JOIN events e ON e.nid = x.event_nid ORDER BY e.event_id",
		),
		state: await read(
			"SELECT s.type, s.state_key, e.event_id FROM current_state s JOIN events e ON e.nid = s.event_nid ORDER BY 1, 2",
		),
		people: await read("SELECT user_id, membership FROM memberships ORDER BY user_id"),
		awaited: await read("SELECT prev_event_id FROM backward_extremities ORDER BY 1"),
		room: await read("SELECT name, topic, joined_count, invited_count, message_count, depth FROM rooms"),
	};
};

const opened = async (history: SimulatedHistory): Promise<TestReceiving> => {
	const kith = await createTestReceiving(history.world);
	const [create] = history.pdus;
	if (create === undefined) throw new Error("the room has no beginning");
	await kith.open(create);
	return kith;
};

/** What one of the servers says at the end, one message after the other. */
const talkOf = async (history: SimulatedHistory): Promise<readonly JsonObject[]> => {
	const [speaker] = history.servers;
	if (speaker === undefined) throw new Error("no server");
	const talk: JsonObject[] = [];
	for (let at = 0; at < 60; at += 1) {
		const proto = { sender: anchorOf(speaker.name), type: "m.room.message", content: { body: `${at}` } };
		const said = await speaker.send({ proto, originServerTs: 1_700_000_050_000 + at });
		if (said !== undefined) talk.push(said.json);
	}
	return talk;
};

describe("receiving many events at once", { timeout: 120_000 }, () => {
	it("leaves what receiving one by one leaves", async () => {
		const history = await simulateWithUs(5, "12");
		const roomId = history.world.roomId as RoomId;
		const random = seededRandom(11);
		const talk = await talkOf(history);
		const pdus = [...history.pdus.slice(1), ...talk].map((pdu) =>
			random.chance(0.1) ? withKey(pdu, "content", withKey(pdu["content"] as JsonObject, "altered", true)) : pdu,
		);
		await using one = await opened(history);
		await using other = await opened(history);
		const single = [];
		for (const pdu of pdus) single.push(await one.receiving.receive({ roomId, pdu }));
		expect(talk).toHaveLength(60);
		const locks = other.locksTaken();
		const together = await other.receiving.receiveAll(pdus.map((pdu) => ({ roomId, pdu })));
		expect(together.map(({ kind }) => kind)).toEqual(single.map(({ kind }) => kind));
		expect(together).toHaveLength(pdus.length);
		expect(await stored(other)).toEqual(await stored(one));
		expect(other.locksTaken() - locks).toBeLessThan(pdus.length - 55);
		// Once more, all of them are known.
		const again = await other.receiving.receiveAll(pdus.map((pdu) => ({ roomId, pdu })));
		expect(again.every(({ kind }) => kind === "known" || kind === "incomplete")).toBe(true);
		expect(await stored(other)).toEqual(await stored(one));
	});
});
