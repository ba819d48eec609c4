import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { type EventReader, readEvents } from "../../../tests/setup/read-events.ts";
import { createTestAccounts, testPassword, testServerName } from "../../../tests/setup/test-accounts.ts";
import { createTestBrowser } from "../../../tests/setup/test-browser.ts";
import { createTestHost } from "../../../tests/setup/test-host.ts";
import { startTestWebServer } from "../../../tests/setup/test-web-server.ts";
import type { WireStreamItem, WireSyncItem } from "../../shared/wire/sync.ts";
import { getContainer } from "../running-container.ts";

const people = ["ann", "bob", "cleo", "dora", "ed", "fay", "gus", "hal", "ida", "jo"];
const textBytes = 19_000;
const userId = (localpart: string) => `@${localpart}:${testServerName}` as UserId;

/** A group of ten in which everybody can write, and sockets that Ann's page would open. */
const openGroup = async () => {
	const test = await createTestAccounts();
	for (const localpart of people) await test.addPerson(localpart);
	const { [Symbol.asyncDispose]: closeHost } = await createTestHost(test);
	const host = getContainer();
	const server = await startTestWebServer(host);
	const browser = createTestBrowser(server.origin);
	await browser.signIn("ann", testPassword);
	const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
	const [creatorId, ...inviteeIds] = people.map(userId);
	const create = { creatorId: creatorId as UserId, transactionId: "t", kind: "group" as const, inviteeIds };
	const roomId: RoomId = await host.rooms.create(create);
	for (const invited of inviteeIds) await host.rooms.join({ userId: invited, room: roomId });
	const connect = async (): Promise<WebSocket> => {
		const socket = new WebSocket(`${server.origin.replace("http", "ws")}/api/trpc`, {
			headers: { origin: server.origin, cookie },
		});
		socket.on("error", () => undefined);
		await new Promise((resolve) => socket.once("open", resolve));
		return socket;
	};
	const followByEvents = () =>
		readEvents(`${server.origin}/api/trpc/sync.subscribe?input=%7B%7D`, { cookie, "sec-fetch-site": "same-origin" });
	/** Everybody writes so many long messages. */
	const write = async (rounds: number): Promise<void> => {
		for (let round = 0; round < rounds; round += 1) {
			const body = `${round} ${"x".repeat(textBytes)}`;
			const sent = people.map((localpart) =>
				host.messages.send({ userId: userId(localpart), roomId, transactionId: `${localpart}${round}`, body }),
			);
			await Promise.all(sent);
		}
	};
	return {
		...{ connect, followByEvents, write, roomId, realtime: server.realtime },
		[Symbol.asyncDispose]: async () => {
			await server[Symbol.asyncDispose]();
			await closeHost();
			await test[Symbol.asyncDispose]();
		},
	};
};

interface Follower {
	readonly items: WireStreamItem[];
	bodies(): readonly string[];
}

const follow = (socket: WebSocket): Follower => {
	const items: WireStreamItem[] = [];
	socket.on("message", (data) => {
		const { result } = JSON.parse(String(data));
		if (result?.type === "data" && result.data.data.kind !== "ephemeral") items.push(result.data.data);
	});
	socket.send(JSON.stringify({ id: 1, method: "subscription", params: { path: "sync.subscribe", input: {} } }));
	const events = () => items.flatMap(({ rooms }) => rooms.flatMap((room) => room.events));
	return { items, bodies: () => events().map(({ content }) => String(content["body"]).slice(0, 4).trim()) };
};

describe("a socket that does not read", () => {
	it("costs little memory while ten megabytes pass, delays nobody, and is complete once it reads", async () => {
		await using group = await openGroup();
		const [slow, quick] = [await group.connect(), await group.connect()];
		const [slows, quicks] = [follow(slow), follow(quick)];
		await expect.poll(() => slows.items.length > 0 && quicks.items.length > 0).toBe(true);
		slow.pause();
		await group.write(50);
		await expect.poll(() => quicks.bodies().filter((body) => body.startsWith("49")).length).toBe(people.length);
		expect(group.realtime.waitingBytes).toBeLessThan(2_500_000);
		expect(group.realtime.slowSocketsClosed).toBe(0);
		slow.resume();
		await expect.poll(() => slows.bodies().filter((body) => body.startsWith("49")).length).toBe(people.length);
		const isWhole = slows.items.some(({ rooms }) => rooms.some((room) => room.isLimited));
		expect(isWhole, "what was left out is said to be").toBe(true);
		for (const socket of [slow, quick]) socket.terminate();
	});

	it("waits as well when the stream comes as events", async () => {
		await using group = await openGroup();
		const [slow, quick] = [await group.followByEvents(), await group.followByEvents()];
		const itemsOf = ({ events }: EventReader): WireStreamItem[] =>
			events
				.map(({ data }) => data as WireSyncItem | undefined)
				.filter((item) => item?.kind === "start" || item?.kind === "changes");
		const lastOf = (reader: EventReader) =>
			itemsOf(reader)
				.flatMap(({ rooms }) => rooms.flatMap(({ events }) => events))
				.filter(({ content }) => String(content["body"]).startsWith("49 ")).length;
		await expect.poll(() => itemsOf(slow).length > 0 && itemsOf(quick).length > 0).toBe(true);
		slow.pause();
		await group.write(50);
		await expect.poll(() => lastOf(quick)).toBe(people.length);
		slow.resume();
		await expect.poll(() => lastOf(slow), { timeout: 10_000 }).toBe(people.length);
		const isLimited = itemsOf(slow).some(({ rooms }) => rooms.some((room) => room.isLimited));
		expect(isLimited, "what was left out is said to be").toBe(true);
		for (const reader of [slow, quick]) reader.close();
	});

	it("is closed when it goes on asking, while others are answered", async () => {
		await using group = await openGroup();
		await group.write(5);
		const [greedy, other] = [await group.connect(), await group.connect()];
		greedy.pause();
		const input = { roomId: group.roomId, direction: "backwards", limit: 50 };
		for (let id = 1; id <= 60; id += 1) {
			greedy.send(JSON.stringify({ id, method: "query", params: { path: "messages.page", input } }));
		}
		await expect.poll(() => group.realtime.slowSocketsClosed, { timeout: 10_000 }).toBe(1);
		expect(group.realtime.waitingBytes).toBeLessThan(10_000_000);
		const answered = new Promise((resolve) => other.once("message", (data) => resolve(JSON.parse(String(data)))));
		other.send(JSON.stringify({ id: 1, method: "query", params: { path: "accounts.me" } }));
		expect(await answered).toMatchObject({ result: { data: { userId: "@ann:kith.test" } } });
		for (const socket of [greedy, other]) socket.terminate();
	});

	it("follows the stream a few times and no more", async () => {
		await using group = await openGroup();
		const socket = await group.connect();
		const refused: unknown[] = [];
		socket.on("message", (data) => {
			const { error } = JSON.parse(String(data));
			if (error !== undefined) refused.push(error.data.kith);
		});
		for (let id = 1; id <= 10; id += 1) {
			socket.send(JSON.stringify({ id, method: "subscription", params: { path: "sync.subscribe", input: {} } }));
		}
		await expect.poll(() => refused.length).toBe(2);
		expect(refused[0]).toMatchObject({ code: "too-many-requests", retryAfterMs: expect.any(Number) });
		socket.terminate();
	});

	it("is one of a bounded number of an account", async () => {
		await using group = await openGroup();
		const sockets = await Promise.all(Array.from({ length: 60 }, () => group.connect()));
		// Each is counted once its session's row has been asked.
		const ask = (socket: WebSocket) =>
			new Promise((resolve) => {
				socket.once("message", resolve);
				socket.send(JSON.stringify({ id: 1, method: "query", params: { path: "accounts.me" } }));
			});
		await Promise.all(sockets.map(ask));
		const socket = await group.connect();
		const told = new Promise((resolve) => socket.once("message", (data) => resolve(JSON.parse(String(data)))));
		const closed = new Promise((resolve) => socket.once("close", () => resolve("closed")));
		const kith = { code: "too-many-requests", retryAfterMs: expect.any(Number) };
		expect(await told).toMatchObject({ id: null, error: { data: { kith } } });
		expect(await closed).toBe("closed");
		sockets[0]?.close();
		await expect.poll(() => group.realtime.socketCount).toBe(59);
		const again = await group.connect();
		await ask(again);
		expect(again.readyState).toBe(WebSocket.OPEN);
		for (const each of [...sockets, again]) each.terminate();
	});
});
