import { describe, expect, it } from "vitest";
import type { EventId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createSharedRoom, one, type SharedRoom, wireOf } from "../../../../tests/setup/test-answering.ts";

type Pdu = Record<string, unknown> & { readonly content: Record<string, unknown> };

const pdusOf = (content: { readonly [key: string]: unknown }, key = "pdus"): Pdu[] => content[key] as Pdu[];
const bodies = (pdus: readonly Pdu[]): unknown[] => pdus.map(({ content }) => content["body"]);

const ask = ({ answering, roomId }: SharedRoom) => ({
	event: (eventId: string) => wireOf(answering.event({ origin: one, eventId })),
	backfill: (from: readonly string[], limit = "100") =>
		wireOf(answering.backfill({ origin: one, roomId, from, limit })),
	missing: (content: Parameters<typeof answering.missingEvents>[0]["content"]) =>
		wireOf(answering.missingEvents({ origin: one, roomId, content })),
	timestamp: (ts: string, direction: string) => wireOf(answering.timestamp({ origin: one, roomId, ts, direction })),
});

/** A message of Rob's that was sent before he was banned and came after; the server of the banned keeps a person inside. */
async function evadeBan(room: SharedRoom): Promise<{ evading: EventId; after: string }> {
	const { kith, roomId, rob, ann } = room;
	await kith.join(roomId, `@rita:${one}` as UserId);
	const before = await kith.ends(roomId);
	const authEvents = await allowing(room);
	await kith.rooms.ban({ userId: ann, roomId, targetId: rob });
	const message = { roomId, sender: rob, type: "m.room.message", content: { body: "late" } };
	const late = await kith.tryAct({ ...message, prevEvents: before, authEvents });
	expect(late).toMatchObject({ kind: "stored", status: "softFailed" });
	return { evading: late.builtId, after: await room.say("after the ban") };
}

/** What allows Rob to speak. */
async function allowing({ kith, roomId, rob }: SharedRoom): Promise<EventId[]> {
	const keys = ["m.room.power_levels\u0000", `m.room.member\u0000${rob}`] as const;
	return [...(await kith.graph.currentState(roomId, keys)).values()].map(({ eventId }) => eventId);
}

/** A name that Rob may not give. */
async function overstep({ kith, roomId, rob }: SharedRoom): Promise<EventId> {
	const name = { roomId, sender: rob, type: "m.room.name", stateKey: "", content: { name: "Mine" } };
	const refused = await kith.tryAct(name);
	expect(refused).toMatchObject({ kind: "stored", status: "rejected" });
	return refused.builtId;
}

describe("one event", () => {
	it.each(["11", "12"] as const)("ANS-05 is served as it was signed, in version %s", async (version) => {
		await using room = await createSharedRoom(version);
		const eventId = (await room.say("hello")) as EventId;
		const { status, content } = await ask(room).event(eventId);
		const stored = (await room.kith.graph.find([eventId])).get(eventId);
		expect({ status, content }).toEqual({
			status: 200,
			content: { origin: "kith.example", origin_server_ts: 42, pdus: [stored?.event.json] },
		});
		expect(Object.keys(pdusOf(content)[0]?.["signatures"] ?? {})).toEqual(["kith.example"]);
	});

	it("ANS-06 is served when it soft-failed, and never when it was rejected", async () => {
		await using room = await createSharedRoom();
		const { evading } = await evadeBan(room);
		expect(bodies(pdusOf((await ask(room).event(evading)).content))).toEqual(["late"]);
		// Rita has no power either.
		const rejected = await overstep({ ...room, rob: `@rita:${one}` as UserId });
		expect(await ask(room).event(rejected)).toMatchObject({ status: 404, content: { errcode: "M_NOT_FOUND" } });
	});

	it("is not found when nobody has it, or its id is none", async () => {
		await using room = await createSharedRoom();
		for (const eventId of [`$${"a".repeat(43)}`, "nonsense", "", "$a\u0000b"])
			expect([eventId, (await ask(room).event(eventId)).status]).toEqual([eventId, 404]);
	});
});

describe("history", () => {
	it("ANS-07 begins at the named event in a room of many events too, whose plan may be another", async () => {
		await using room = await createSharedRoom();
		const sent: string[] = [];
		for (let each = 0; each < 120; each++) sent.push(await room.say(`${each}`));
		await room.kith.database.pool.query("ANALYZE");
		const { content } = await ask(room).backfill([sent.at(-1) ?? ""], "50");
		expect(bodies(pdusOf(content))).toEqual(Array.from({ length: 50 }, (_, index) => `${119 - index}`));
	});

	it("ANS-07 goes back from the named events, these included, the newest first and no further than asked", async () => {
		await using room = await createSharedRoom();
		const sent: string[] = [];
		for (let each = 0; each < 5; each++) sent.push(await room.say(`${each}`));
		const { content } = await ask(room).backfill([sent[3] ?? ""], "3");
		expect(bodies(pdusOf(content))).toEqual(["3", "2", "1"]);
		const whole = pdusOf((await ask(room).backfill([sent[4] ?? ""])).content);
		expect(whole.at(-1)?.["type"]).toBe("m.room.create");
		expect(whole.map((pdu) => pdu["depth"])).toEqual(
			whole.map((pdu) => pdu["depth"]).toSorted((a, b) => Number(b) - Number(a)),
		);
		expect(pdusOf((await ask(room).backfill([`$${"a".repeat(43)}`, "nonsense"])).content)).toEqual([]);
	});

	it("ANS-06 holds what soft-failed only where something refers to it, and never what was rejected", async () => {
		await using room = await createSharedRoom();
		const { evading, after } = await evadeBan(room);
		const rita = `@rita:${one}` as UserId;
		const rejected = await overstep({ ...room, rob: rita });
		const plain = pdusOf((await ask(room).backfill([after])).content);
		expect(bodies(plain)).not.toContain("late");
		const ends = await room.kith.ends(room.roomId);
		const prevEvents = [...ends, { eventId: evading, depth: 1 }, { eventId: rejected, depth: 1 }];
		const message = { roomId: room.roomId, sender: rita, type: "m.room.message", content: { body: "joins both" } };
		const both = await room.kith.act({ ...message, prevEvents });
		const joined = pdusOf((await ask(room).backfill([both])).content);
		expect(bodies(joined)).toContain("late");
		expect(joined.some((pdu) => pdu["type"] === "m.room.name" && pdu["sender"] === rita)).toBe(false);
	});

	it("is refused when the question is malformed", async () => {
		await using room = await createSharedRoom();
		const questions = [
			[[], "10"],
			[["$x"], ""],
			[["$x"], "-1"],
			[["$x"], "1e9"],
		] as const;
		for (const [from, limit] of questions)
			expect([from, limit, (await ask(room).backfill(from, limit)).status]).toEqual([from, limit, 400]);
	});

	it("ANS-08 is at most a hundred events, whatever is asked for", async () => {
		await using room = await createSharedRoom();
		let last = "";
		for (let each = 0; each < 130; each++) last = await room.say(`${each}`);
		const [backfilled, missing, few] = [
			await ask(room).backfill([last], "999999"),
			await ask(room).missing({ latest_events: [last], earliest_events: [], limit: 999_999 }),
			await ask(room).missing({ latest_events: [last], earliest_events: [] }),
		];
		expect([pdusOf(backfilled.content), pdusOf(missing.content, "events")].map((pdus) => pdus.length)).toEqual([
			100, 100,
		]);
		expect(pdusOf(few.content, "events")).toHaveLength(10);
		// The nearest, none left out.
		const newest = Array.from({ length: 130 }, (_, each) => `${each}`).slice(30);
		expect(bodies(pdusOf(backfilled.content)).toReversed()).toEqual(newest);
		expect(bodies(pdusOf(missing.content, "events"))).toEqual(["29", ...newest.slice(0, -1)]);
		expect(bodies(pdusOf(few.content, "events"))).toEqual(newest.slice(-11, -1));
	});
});

describe("missing events", () => {
	it("ANS-09 are those between what a server has and what it got, the oldest first", async () => {
		await using room = await createSharedRoom();
		const sent: string[] = [];
		for (let each = 0; each < 6; each++) sent.push(await room.say(`${each}`));
		const [first = "", , , , , last = ""] = sent;
		const between = { latest_events: [last], earliest_events: [first], limit: 20 };
		const { content } = await ask(room).missing(between);
		expect(bodies(pdusOf(content, "events"))).toEqual(["1", "2", "3", "4"]);
		const nearest = await ask(room).missing({ ...between, limit: 2 });
		expect(bodies(pdusOf(nearest.content, "events"))).toEqual(["3", "4"]);
		const depth = pdusOf(content, "events")[2]?.["depth"];
		const deep = await ask(room).missing({ ...between, min_depth: Number(depth) });
		expect(bodies(pdusOf(deep.content, "events"))).toEqual(["3", "4"]);
	});

	it("are none when there is nothing to name them by", async () => {
		await using room = await createSharedRoom();
		expect((await ask(room).missing({ latest_events: [], earliest_events: [] })).content).toEqual({ events: [] });
		expect((await ask(room).missing({ latest_events: [1, null], earliest_events: ["x"] })).content).toEqual({
			events: [],
		});
		expect((await ask(room).missing({ latest_events: "x", earliest_events: [] })).status).toBe(400);
		expect((await ask(room).missing({ latest_events: [] })).status).toBe(400);
	});
});

describe("the event at a time", () => {
	it("ANS-10 is the nearest accepted one on the wanted side", async () => {
		await using room = await createSharedRoom();
		const { kith, roomId, rob } = room;
		const say = (originServerTs: number) =>
			kith.act({ roomId, sender: rob, type: "m.room.message", content: { body: "x" }, originServerTs });
		const [early, late] = [await say(1_000), await say(2_000)];
		const found = async (ts: string, direction: string) => (await ask(room).timestamp(ts, direction)).content;
		expect(await found("1500", "f")).toEqual({ event_id: late, origin_server_ts: 2_000 });
		expect(await found("1500", "b")).toEqual({ event_id: early, origin_server_ts: 1_000 });
		expect(await found("2000", "b")).toEqual({ event_id: late, origin_server_ts: 2_000 });
		expect(await found("999", "b")).toMatchObject({ errcode: "M_NOT_FOUND" });
		for (const [ts, direction] of [
			["x", "f"],
			["1", "x"],
			["", "f"],
			["1.5", "b"],
		] as const)
			expect([ts, (await ask(room).timestamp(ts, direction)).status]).toEqual([ts, 400]);
	});
});
