import { describe, expect, it } from "vitest";
import type { RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { createTestNetwork, createTestServer, type TestServer } from "../../../../tests/setup/test-server.ts";
import { createStreamStore } from "../../adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "../../adapters/prisma/timeline/timeline-store.ts";

const eventually = { timeout: 15_000, interval: 20 };
const accepted: PeerAnswer = { kind: "answered", content: { pdus: {} } };
const never = new Promise<PeerAnswer>(() => undefined);

/** A server with a room that people of other servers are in; what those are sent is noted, and answered as a test says. */
const openRoom = async (names: readonly string[]) => {
	const network = createTestNetwork();
	const one = await createTestServer("one.example", { network, isStopped: true });
	const ann = await one.addPerson("ann");
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	const answers = new Map<string, () => Promise<PeerAnswer>>();
	const sent: { readonly to: string; readonly body: string; readonly txnId: string }[] = [];
	const builder = await createTestServer("builder.example", { network, isStopped: true });
	for (const name of names) {
		await joinAs(builder, { name, one, roomId });
		network.handlers.set(name as ServerName, async (_, { uri, content }) => {
			const pdus = (content?.["pdus"] ?? []) as readonly { readonly content: { readonly body?: string } }[];
			const answer = await (answers.get(name) ?? (async () => accepted))();
			if (answer.kind === "answered") {
				for (const pdu of pdus) sent.push({ to: name, body: pdu.content.body ?? "", txnId: uri });
			}
			return answer;
		});
	}
	await one.rows("DELETE FROM outbox_entries");
	return {
		...{ network, one, ann, roomId, answers, sent },
		say: (body: string) => one.messages.send({ userId: ann, roomId, transactionId: one.transactionId(), body }),
		to: (name: string) => sent.filter((each) => each.to === name).map(({ body }) => body),
		[Symbol.asyncDispose]: async () => {
			await one[Symbol.asyncDispose]();
			await builder[Symbol.asyncDispose]();
		},
	};
};

/** Puts a person of a server that is no process into the room. */
const joinAs = async (
	builder: TestServer,
	{ name, one, roomId }: { readonly name: string; readonly one: TestServer; readonly roomId: RoomId },
): Promise<void> => {
	const userId = `@guest:${name}` as UserId;
	const proto = { sender: userId, stateKey: userId, type: "m.room.member", content: { membership: "join" } };
	const event = await builder.build(proto, roomId, { on: one, signedAs: name });
	const received = await one.receiving.receive({ roomId, pdu: event.json });
	if (received.kind !== "stored" || received.status !== "accepted") throw new Error(JSON.stringify(received));
};

const queue = async (one: TestServer): Promise<number> =>
	(await one.rows<{ n: number }>("SELECT count(*)::int AS n FROM outbox_entries"))[0]?.n ?? 0;

describe("delivery", { timeout: 60_000 }, () => {
	it("is done by one of two processes, each event once and in order, and goes on when that one is cut off", async () => {
		await using room = await openRoom(["two.example"]);
		const { one, say, to } = room;
		const another = one.anotherProcess();
		one.exchange.start();
		another.exchange.start();
		const written: string[] = [];
		for (let at = 0; at < 60; at += 1) {
			written.push(`${at}`);
			await say(`${at}`);
			another.bus.publish({ kind: "stream", position: at });
		}
		await expect.poll(() => queue(one), eventually).toBe(0);
		expect(to("two.example")).toEqual(written);
		const holders =
			"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
		const [holder] = await one.rows<{ pid: number }>(holders);
		await one.rows("SELECT pg_terminate_backend($1)", [holder?.pid]);
		await say("after");
		await expect.poll(() => to("two.example").at(-1), eventually).toBe("after");
		await expect.poll(() => one.rows(holders), eventually).toHaveLength(1);
		expect(to("two.example")).toEqual([...written, "after"]);
	});

	it("goes to the others while one server is silent and one is gone", async () => {
		await using room = await openRoom(["two.example", "silent.example", "gone.example"]);
		const { one, network, answers, say, to } = room;
		answers.set("silent.example", () => never);
		network.down.add("gone.example" as ServerName);
		one.exchange.start();
		for (let at = 0; at < 5; at += 1) {
			await say(`${at}`);
			await expect.poll(() => to("two.example"), eventually).toHaveLength(at + 1);
		}
		const list = await one.exchange.destinations.list();
		expect(list.map(({ serverName, state, queueLength }) => ({ serverName, state, queueLength }))).toEqual([
			{ serverName: "gone.example", state: "retrying", queueLength: 5 },
			{ serverName: "silent.example", state: "healthy", queueLength: 5 },
			{ serverName: "two.example", state: "healthy", queueLength: 0 },
		]);
		expect(list[0]?.lastError).toMatch(/^connection/);
	});

	it("keeps what was refused, waits as it is asked to, and tries again as soon as the server is heard from", async () => {
		await using room = await openRoom(["two.example"]);
		const { one, answers, say, to } = room;
		const later = { errcode: "M_LIMIT_EXCEEDED", message: "", retryAfterMs: 1_800_000 };
		answers.set("two.example", async () => ({ kind: "refused", status: 429, ...later }));
		one.exchange.start();
		await say("wait");
		const failing = () => one.rows<{ retry_at: Date }>("SELECT retry_at FROM destinations WHERE failures = 1");
		await expect.poll(failing, eventually).toHaveLength(1);
		expect((await failing())[0]?.retry_at.getTime()).toBeGreaterThan(Date.now() + 1_000_000);
		expect(await queue(one)).toBe(1);
		answers.delete("two.example");
		one.exchange.heardFrom("two.example" as ServerName);
		await expect.poll(() => to("two.example"), eventually).toEqual(["wait"]);
		const health = () => one.rows("SELECT failures, failing_since, retry_at FROM destinations");
		await expect.poll(health, eventually).toEqual([{ failures: 0, failing_since: null, retry_at: null }]);
	});

	it("holds the second tick back until the other server has accepted the event", async () => {
		await using room = await openRoom(["two.example"]);
		const { one, ann, roomId, say } = room;
		await say("tick");
		const [nid] = (await one.rows<{ nid: number }>("SELECT nid FROM rooms WHERE id = $1", [roomId])).map(
			(row) => row.nid,
		);
		const [event] = await one.rows<{ position: number }>("SELECT position FROM events WHERE type = 'm.room.message'");
		if (nid === undefined || event === undefined) throw new Error("nothing was written");
		const floor = async () => {
			const [found] = await createStreamStore(one.database.pool).deliveredFloors([nid]);
			const others = found?.lowest.userId === ann ? found.second : found?.lowest;
			return (others?.position ?? 0) >= event.position;
		};
		expect(await floor()).toBe(false);
		const without = () =>
			createTimelineStore(one.database.pool).serversWithout(nid, { position: event.position, limit: 10 });
		expect(await without()).toEqual([{ serverName: "two.example", failingSince: undefined }]);
		const told: unknown[] = [];
		one.bus.subscribe((poke) => {
			if (poke.kind === "delivered") told.push(...poke.roomNids);
		});
		one.exchange.start();
		await expect.poll(floor, eventually).toBe(true);
		expect(await without()).toEqual([]);
		await expect.poll(() => told, eventually).toEqual([nid]);
	});

	it("sends nothing to a server that the owner blocks: what waits is let go, and holds no tick back", async () => {
		await using room = await openRoom(["two.example", "evil.example"]);
		const { one, answers, say, to } = room;
		let giveUp: (answer: PeerAnswer) => void = () => undefined;
		const silence = new Promise<PeerAnswer>((resolve) => {
			giveUp = resolve;
		});
		answers.set("evil.example", () => silence);
		one.exchange.start();
		await say("before");
		await expect.poll(() => to("two.example"), eventually).toEqual(["before"]);
		await expect.poll(() => queue(one), eventually).toBe(1);
		await one.rules.put({ text: "EVIL.example:1", kind: "block", note: "" });
		await expect.poll(() => queue(one), eventually).toBe(0);
		// What is under way ends as it does: by its time at the latest.
		giveUp({ kind: "unreachable", reason: "timeout", detail: "silent" });
		answers.set("evil.example", async () => accepted);
		await say("after");
		await expect.poll(() => to("two.example"), eventually).toEqual(["before", "after"]);
		await expect.poll(() => queue(one), eventually).toBe(0);
		expect(to("evil.example")).toEqual([]);
		await one.rows("INSERT INTO destinations (server_name) VALUES ('evil.example') ON CONFLICT DO NOTHING");
		const states = (await one.exchange.destinations.list()).map(({ serverName, state }) => [serverName, state]);
		expect(states).toContainEqual(["evil.example", "blocked"]);
		await one.rules.remove("evil.example");
		await say("again");
		await expect.poll(() => to("evil.example"), eventually).toEqual(["again"]);
	});

	it("counts what a server that is back has of what waited for it, until it has all", async () => {
		await using room = await openRoom(["two.example"]);
		const { one, network, answers, say, to } = room;
		network.down.add("two.example" as ServerName);
		one.exchange.start();
		for (let at = 0; at < 120; at += 1) await say(`${at}`);
		const seen = async () => (await one.exchange.destinations.list())[0];
		await expect.poll(async () => (await seen())?.state, eventually).toBe("retrying");
		expect(await seen()).toMatchObject({ problem: "connection", queueLength: 120 });
		const held: (() => void)[] = [];
		answers.set("two.example", () => new Promise((resolve) => held.push(() => resolve(accepted))));
		network.down.clear();
		await one.exchange.destinations.retryNow("two.example");
		const pass = async (): Promise<void> => {
			await expect.poll(() => held.length, eventually).toBe(1);
			held.shift()?.();
		};
		await pass();
		await expect.poll(async () => (await seen())?.state, eventually).toBe("catchingUp");
		expect(await seen()).toMatchObject({ catchUp: { done: 50, total: 120 }, problem: undefined });
		// What is written meanwhile is not what it catches up with.
		await say("new");
		await pass();
		await expect.poll(async () => (await seen())?.catchUp?.done, eventually).toBe(100);
		await pass();
		await expect.poll(async () => (await seen())?.state, eventually).toBe("healthy");
		await expect.poll(() => to("two.example").length, eventually).toBe(121);
	});
});
