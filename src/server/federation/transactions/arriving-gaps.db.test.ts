import { describe, expect, it } from "vitest";
import type { EventId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestNetwork, createTestServer, type TestServer } from "../../../../tests/setup/test-server.ts";

const eventually = { timeout: 40_000, interval: 50 };
/** A room of many on the first server; the second has come in without knowing them, and is not given them either. */
const openRoom = async (crowd: number) => {
	const network = createTestNetwork();
	const lines: { readonly detail?: string }[] = [];
	const note = (fields: unknown) => lines.push(fields as { detail?: string });
	const log = { debug: note, info: note, warn: note, error: note };
	const one = await createTestServer("one.example", { network });
	const two = await createTestServer("two.example", { network, log });
	const ann = await one.addPerson("ann");
	const roomId = await one.rooms.create({
		creatorId: ann,
		transactionId: "t",
		kind: "public",
		name: "S",
		inviteeIds: [],
	});
	const people: UserId[] = [];
	for (let at = 0; at < crowd; at += 1) {
		const userId = await one.addPerson(`person${at}`);
		await one.rooms.join({ userId, room: roomId });
		people.push(userId);
	}
	// What its members are, it is told by nobody.
	const answers = network.handlers.get(one.name);
	if (answers === undefined) throw new Error("no server");
	const refuse = (paths: RegExp): void => {
		network.handlers.set(one.name, async (from, request) =>
			paths.test(request.uri) ? refused : answers(from, request),
		);
	};
	refuse(/\/state/);
	const bob = await two.addPerson("bob");
	await two.join(bob, roomId, { resident: one, isWithoutMembers: true });
	let said = 0;
	const say = async (userId: UserId): Promise<EventId> => {
		said += 1;
		const transactionId = `say${said}`;
		return (await one.messages.send({ userId, roomId, transactionId, body: transactionId })).eventId as EventId;
	};
	return {
		...{ network, one, two, ann, roomId, people, lines, say, refuse },
		[Symbol.asyncDispose]: async () => {
			await one[Symbol.asyncDispose]();
			await two[Symbol.asyncDispose]();
		},
	};
};

const refused = { kind: "refused", status: 404, errcode: "M_NOT_FOUND", message: "", retryAfterMs: undefined } as const;

const accepted = async ({ graph }: TestServer, eventIds: readonly EventId[]): Promise<number> =>
	[...(await graph.find(eventIds)).values()].filter(({ status }) => status === "accepted").length;

describe("events of a room whose members are still arriving", { timeout: 120_000 }, () => {
	it("are all heard, whoever writes them, and leave the room its budget for what is really missing", async () => {
		// More people than gaps may be filled in a room and hour.
		await using room = await openRoom(64);
		const { network, one, two, ann, people, lines, say } = room;
		const words: EventId[] = [];
		for (const userId of people) words.push(await say(userId));
		await expect.poll(() => accepted(two, words), eventually).toBe(words.length);
		expect(lines.filter(({ detail }) => detail === "too many gaps in the room this hour")).toEqual([]);

		// Something is really missing now, and by people who are not known.
		const before = network.requests.length;
		await one.exchange.stop();
		const missed: EventId[] = [];
		for (const userId of people.slice(0, 3)) missed.push(await say(userId));
		await one.rows("DELETE FROM outbox_entries");
		const process = one.anotherProcess();
		process.exchange.start();
		missed.push(await say(ann));
		process.bus.publish({ kind: "stream", position: Number.MAX_SAFE_INTEGER });
		await expect.poll(() => accepted(two, missed), eventually).toBe(missed.length);
		const asked = network.requests.slice(before).filter(({ request }) => request.uri.includes("get_missing_events"));
		expect(asked.length).toBeGreaterThan(0);
	});

	it("are heard when many people who are not known have written meanwhile", async () => {
		await using room = await openRoom(30);
		const { one, two, ann, people, say } = room;
		await one.exchange.stop();
		const missed: EventId[] = [];
		for (const userId of people) missed.push(await say(userId));
		await one.rows("DELETE FROM outbox_entries");
		const process = one.anotherProcess();
		process.exchange.start();
		missed.push(await say(ann));
		process.bus.publish({ kind: "stream", position: Number.MAX_SAFE_INTEGER });
		await expect.poll(() => accepted(two, missed), eventually).toBe(missed.length);
	});

	it("are not asked for without end when nobody gives what they stand on", async () => {
		await using room = await openRoom(1);
		const { network, one, two, people, say, refuse } = room;
		refuse(/\/(event|event_auth|state|state_ids)\//);
		const word = await say(people[0] ?? ("" as UserId));
		const waiting = () => two.rows("SELECT FROM received_pdus");
		await expect.poll(async () => (await waiting()).length, eventually).toBe(1);
		await expect
			.poll(async () => (await two.rows("SELECT FROM received_pdus WHERE attempts > 0")).length, eventually)
			.toBe(1);
		const asked = () =>
			network.requests.filter(({ to, request }) => to === one.name && request.uri.includes("event")).length;
		expect(asked()).toBeLessThan(10);

		// As soon as it is given, it is heard: at the latest when all members are there.
		refuse(/\/nothing\//);
		await expect.poll(() => accepted(two, [word]), eventually).toBe(1);
	});
});
