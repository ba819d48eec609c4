import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { eventually } from "../eventually.ts";
import { askKith } from "./ask-kith.ts";
import type { Forged } from "./hostile-guest.ts";
import { sendJson } from "./hostile-peer.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";
import { logged } from "./server-log.ts";
import { openSquare, type Square } from "./square.ts";
import { readStoredRoom, waitingPdus } from "./stored-room.ts";

const nowhere = (): string => `$${randomUUID().replaceAll("-", "").padEnd(43, "n")}`;

describe("what a lying server says of the past", () => {
	let setting: HostileSetting;
	let square: Square;
	beforeAll(async () => {
		setting = await hostileSetting();
	});
	afterAll(() => setting?.[Symbol.asyncDispose]());
	beforeEach(async () => {
		square = await openSquare(setting);
	});

	const at = (path: string, id: string): string => `/_matrix/federation/v1/${path}/${encodeURIComponent(id)}`;
	/** Requests about the room or its events: everything but keys. */
	const requests = (): number => setting.peer.seen.filter(({ uri }) => !uri.startsWith("/_matrix/key/")).length;
	const answerWith = (path: string, id: string, content: unknown): void =>
		setting.peer.answer(at(path, id), (_, response) => sendJson(response, 200, content));
	const untilAsked = (path: string): Promise<void> =>
		eventually(async () =>
			expect(setting.peer.seen.map(({ uri }) => uri)).toContainEqual(expect.stringContaining(path)),
		);

	it("brings no power by a state before an event that never was", async () => {
		const { kith } = setting;
		const { mallory, roomId, settled } = square;
		const own = (type: string, content: JsonObject, changes: JsonObject = {}): Forged =>
			mallory.forge({ type, state_key: "", content, ...changes });
		const crown = own("m.room.power_levels", { users: { [mallory.userId]: 100 } });
		const orphan = own("m.room.topic", { topic: "Mallory's" }, { prev_events: [nowhere()] });
		const others = [...mallory.state].filter(([key]) => key !== "m.room.power_levels ").map(([, eventId]) => eventId);
		answerWith("get_missing_events", roomId, { events: [] });
		answerWith("state_ids", roomId, {
			pdu_ids: [...others, mallory.join.eventId, crown.eventId, orphan.eventId],
			auth_chain_ids: [crown.eventId, orphan.eventId],
		});
		answerWith("event", crown.eventId, { pdus: [crown.json] });
		answerWith("event", orphan.eventId, { pdus: [orphan.json] });
		const before = await settled();
		await mallory.send([orphan]);
		await untilAsked(at("state_ids", roomId));
		await eventually(async () => expect(await waitingPdus(kith, roomId)).toBe(0));
		const after = await settled();
		expect(after.state).toEqual(before.state);
		expect(after.shown).toEqual(before.shown);
		expect(after.hidden).toContain(orphan.eventId);
		await logged(kith, { peer: setting.peer.name, event: orphan.eventId, rule: "AUTH-EVENT-LEVEL" });
	});

	it("leads in no circle: whoever answers with what was asked about is asked a few times and no more", async () => {
		const { peer } = setting;
		const { mallory, roomId, settled } = square;
		const first = mallory.forge({ prev_events: [nowhere()] });
		const second = mallory.forge({ prev_events: [first.eventId] });
		const third = mallory.forge({ prev_events: [second.eventId, first.eventId] });
		const circle = { events: [third.json, second.json, first.json, third.json] };
		answerWith("get_missing_events", roomId, circle);
		answerWith("event_auth", roomId, { auth_chain: [third.json, second.json] });
		answerWith("state_ids", roomId, { pdu_ids: [third.eventId], auth_chain_ids: [third.eventId, first.eventId] });
		for (const { eventId, json } of [first, second, third]) answerWith("event", eventId, { pdus: [json] });
		const before = await settled();
		const askedBefore = requests();
		await mallory.send([third]);
		await untilAsked(at("state_ids", roomId));
		const after = await settled();
		expect(after.state).toEqual(before.state);
		expect(after.shown).toEqual(before.shown);
		expect(requests() - askedBefore).toBeLessThan(60);
		expect(peer.seen.filter(({ uri }) => uri.includes("/event/")).length).toBeLessThan(60);
	});

	it("cannot make its own ancestor of what it says: an event that cites one that is nowhere is not shown", async () => {
		const { kith, peer } = setting;
		const { mallory, roomId, settled } = square;
		const [levels = "", join = ""] = mallory.authEvents;
		const unfounded = mallory.forge({ auth_events: [levels, join, nowhere()].slice(0, 2).concat(nowhere()) });
		answerWith("event_auth", roomId, { auth_chain: [unfounded.json] });
		const before = await settled();
		await mallory.send([unfounded]);
		await untilAsked(at("event_auth", roomId));
		const after = await readStoredRoom(kith, roomId);
		expect(after.state).toEqual(before.state);
		expect(after.shown).not.toContain(unfounded.eventId);
		expect(peer.seen.filter(({ uri }) => uri.includes("/event_auth/")).length).toBeLessThan(10);
	});

	it("stays in a room that goes on when its depth is at the end of numbers, and is dropped below zero", async () => {
		const { kith, peer } = setting;
		const { ada, mallory, roomId, settled } = square;
		const deepest = mallory.forge({ depth: Number.MAX_SAFE_INTEGER });
		const below = mallory.forge({ depth: -1 });
		const told = await mallory.send([deepest, below]);
		expect(told).toEqual({ status: 200, content: { pdus: { [deepest.eventId]: {} } } });
		await logged(kith, { peer: peer.name, rule: "EVT-10" });
		expect((await settled()).shown).toContain(deepest.eventId);
		const answer = await ada.send(roomId, "Still here");
		const { content } = await askKith(kith, peer, { method: "GET", uri: at("event", answer) });
		const [pdu] = content["pdus"] as readonly JsonObject[];
		expect(pdu?.["depth"]).toBe(Number.MAX_SAFE_INTEGER);
		const more = mallory.forge({ prev_events: [answer], depth: Number.MAX_SAFE_INTEGER });
		await mallory.send([more]);
		expect((await settled()).shown).toContain(more.eventId);
	});

	it("is heard once, however often and in whatever form it is sent", async () => {
		const { kith, peer } = setting;
		const { ada, mallory, roomId, settled } = square;
		const [said, other] = [mallory.forge(), mallory.forge()];
		const uri = `/_matrix/federation/v1/send/${randomUUID()}`;
		const transaction = (...pdus: readonly Forged[]): JsonObject => ({
			...{ origin: peer.name, origin_server_ts: Date.now(), edus: [] },
			pdus: pdus.map(({ json }) => json),
		});
		const send = (content: JsonObject) => askKith(kith, peer, { method: "PUT", uri, content });
		const first = transaction(said);
		const answer = { status: 200, content: { pdus: { [said.eventId]: {} } } };
		expect([await send(first), await send(first)]).toEqual([answer, answer]);
		// Altered under the same name, it gets the same answer, and nobody reads it.
		expect(await send(transaction(other))).toEqual(answer);
		await mallory.send([said, said]);
		await settled();
		const seen = (await ada.messages(roomId)).map(({ eventId }) => eventId);
		expect(seen.filter((eventId) => eventId === said.eventId)).toHaveLength(1);
		expect(seen).not.toContain(other.eventId);
		// The same words in another event are another event: whoever has the key may repeat themselves.
		expect((await mallory.send([other])).status).toBe(200);
		expect((await settled()).shown).toContain(other.eventId);
	});
});
