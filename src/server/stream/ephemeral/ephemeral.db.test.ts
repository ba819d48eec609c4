import { expect, it } from "vitest";
import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import {
	followStream,
	openTestProcess,
	type TestFollower,
	type TestProcess,
} from "../../../../tests/setup/test-stream.ts";

const viewer = (userId: UserId) => ({ userId, sessionId: userId, deviceId: "device", isOwner: false });

/** Two processes on one database; Alice and Bob share a group, Carol is a stranger. */
const openTown = async () => {
	const test = await createTestDatabase();
	const [one, two] = await Promise.all([openTestProcess(test), openTestProcess(test)]);
	const [alice, bob, carol] = [await one.addPerson("alice"), await one.addPerson("bob"), await one.addPerson("carol")];
	const makeRoom = async (process: TestProcess, creatorId: UserId, inviteeIds: UserId[]) => {
		const roomId = await process.rooms.create({
			...{ creatorId, inviteeIds, kind: "group" },
			transactionId: process.transactionId(),
		});
		for (const userId of inviteeIds) await process.rooms.join({ userId, room: roomId });
		return roomId;
	};
	return {
		...{ one, two, alice, bob, carol, makeRoom },
		roomId: await makeRoom(one, alice, [bob]),
		[Symbol.asyncDispose]: async () => {
			await Promise.all([one.close(), two.close()]);
			await test[Symbol.asyncDispose]();
		},
	};
};

const isReady = (follower: TestFollower) => follower.until(() => follower.items.length > 0);
const typing = (follower: TestFollower) => follower.ephemeral.flatMap((item) => item.typing);
const presenceOf = (follower: TestFollower, userId: string) =>
	follower.ephemeral.flatMap((item) => item.presence).findLast((one) => one.userId === userId);

it("tells the people of a room who is writing, at every process, and that they stopped", async () => {
	await using town = await openTown();
	const { one, two, alice, bob, carol, roomId } = town;
	const [bobs, carols] = [followStream(two.stream, bob), followStream(two.stream, carol)];
	await Promise.all([isReady(bobs), isReady(carols)]);
	await one.stream.setTyping(viewer(alice), { roomId, isTyping: true });
	await bobs.until(() => typing(bobs).length === 1);
	await one.stream.setTyping(viewer(alice), { roomId, isTyping: false });
	await bobs.until(() => typing(bobs).length === 2);
	expect(typing(bobs)).toEqual([
		{ roomId, userIds: [alice] },
		{ roomId, userIds: [] },
	]);
	expect(typing(carols)).toEqual([]);
	for (const follower of [bobs, carols]) follower.stop();
});

it("lets nobody write in a room they are not in, and says nothing of who keeps it to themselves", async () => {
	await using town = await openTown();
	const { one, alice, bob, carol, roomId } = town;
	await expect(one.stream.setTyping(viewer(carol), { roomId, isTyping: true })).rejects.toMatchObject({
		code: "not-a-member",
	});
	const [alices, bobs] = [followStream(one.stream, alice), followStream(one.stream, bob)];
	await Promise.all([isReady(alices), isReady(bobs)]);
	await one.stream.setPrivacy(viewer(bob), { typing: false });
	await bobs.until(() => bobs.items.some(({ item }) => item.accountData !== undefined));
	await one.stream.setTyping(viewer(bob), { roomId, isTyping: true });
	await one.stream.setTyping(viewer(alice), { roomId, isTyping: true });
	// Alice is told of herself: Bob's word would have come before or with it.
	await alices.until(() => typing(alices).length > 0);
	expect(typing(alices)).toEqual([{ roomId, userIds: [alice] }]);
	expect(typing(bobs)).toEqual([]);
	for (const follower of [alices, bobs]) follower.stop();
});

it("tells who is there to those who share a small room, and to nobody who hides themselves", async () => {
	await using town = await openTown();
	const { one, two, alice, bob, carol, makeRoom } = town;
	const alices = followStream(one.stream, alice);
	await isReady(alices);
	const [bobs, carols] = [followStream(two.stream, bob), followStream(two.stream, carol)];
	await bobs.until(() => presenceOf(bobs, alice)?.isOnline === true);
	await alices.until(() => presenceOf(alices, bob)?.isOnline === true);
	expect(presenceOf(alices, carol)).toBeUndefined();
	await two.stream.setPrivacy(viewer(bob), { lastSeen: "nobody" });
	await alices.until(() => presenceOf(alices, bob)?.isOnline === false);
	expect(presenceOf(alices, bob)).not.toHaveProperty("lastSeenTs");
	await bobs.until(() => presenceOf(bobs, alice)?.isOnline === false);
	// Who meets later is told of each other too.
	await makeRoom(one, alice, [carol]);
	await alices.until(() => presenceOf(alices, carol)?.isOnline === true);
	await carols.until(() => presenceOf(carols, alice)?.isOnline === true);
	for (const follower of [alices, bobs, carols]) follower.stop();
});

it("takes somebody for away when nobody looks at their page, and knows when they last were there", async () => {
	await using town = await openTown();
	const { one, alice, bob } = town;
	const stopping = new AbortController();
	const page = one.stream.subscribe({
		...{ userId: bob, sessionId: bob, clientId: "page", since: undefined, windowSize: 15, timelineLimit: 5 },
		signal: stopping.signal,
	});
	await page.next();
	const reading = page.next();
	const alices = followStream(one.stream, alice);
	await alices.until(() => presenceOf(alices, bob)?.isOnline === true);
	one.stream.setActive(viewer(bob), { clientId: "another", isActive: false });
	one.stream.setActive(viewer(bob), { clientId: "page", isActive: false });
	await alices.until(() => presenceOf(alices, bob)?.isOnline === false);
	expect(presenceOf(alices, bob)?.lastSeenTs).toBeGreaterThan(0);
	alices.stop();
	stopping.abort();
	await reading;
});

it("brings account data to a person's other devices, also to one that was away, and to nobody else", async () => {
	await using town = await openTown();
	const { one, two, alice, bob } = town;
	const [here, other] = [followStream(one.stream, alice), followStream(two.stream, bob)];
	await Promise.all([isReady(here), isReady(other)]);
	const away = here.items.at(-1)?.position;
	await two.stream.setAccountData(viewer(alice), { type: "test.colour", content: { name: "green" } });
	const dataOf = (follower: TestFollower) => follower.items.flatMap(({ item }) => item.accountData ?? []);
	await here.until(() => dataOf(here).length > 0);
	const back = followStream(two.stream, alice, away);
	await isReady(back);
	for (const follower of [here, back]) {
		expect(dataOf(follower)).toEqual([{ type: "test.colour", content: { name: "green" } }]);
	}
	expect(dataOf(other)).toEqual([]);
	for (const follower of [here, other, back]) follower.stop();
});

it("keeps secrets of a person for the devices of that person alone, and the newest of a kind", async () => {
	await using town = await openTown();
	const { one, two, alice, bob } = town;
	const type = "m.secret_storage.key.fIJJ3eXcP7CBuHsfYFXk09jWHcCt6bjk";
	const key = { algorithm: "m.secret_storage.v1.aes-hmac-sha2", iv: "a", mac: "b" };
	expect(await one.stream.readAccountData(viewer(alice), type)).toBeUndefined();
	await one.stream.setAccountData(viewer(alice), { type, content: { ...key, iv: "old" } });
	await one.stream.setAccountData(viewer(alice), { type, content: key });
	expect(await two.stream.readAccountData(viewer(alice), type)).toEqual(key);
	expect(await two.stream.readAccountData(viewer(bob), type)).toBeUndefined();
});

it("refuses account data that is too large or of too many types", async () => {
	await using town = await openTown();
	const { one, alice } = town;
	const set = (type: string, text: string) => one.stream.setAccountData(viewer(alice), { type, content: { text } });
	await expect(set("test.large", "x".repeat(20_000))).rejects.toMatchObject({ code: "too-large" });
	for (let index = 0; index < 100; index += 1) await set(`test.t${index}`, "x");
	await expect(set("test.more", "x")).rejects.toMatchObject({ code: "too-large" });
	await set("test.t7", "again");
});

it("keeps others' receipts from who keeps their own, and theirs from everybody", async () => {
	await using town = await openTown();
	const { one, alice, bob, roomId } = town;
	const [alices, bobs] = [followStream(one.stream, alice), followStream(one.stream, bob)];
	await Promise.all([isReady(alices), isReady(bobs)]);
	await one.stream.setPrivacy(viewer(bob), { readReceipts: false });
	await bobs.until(() => bobs.items.some(({ item }) => item.accountData !== undefined));
	const first = await one.messages.send({ userId: alice, roomId, transactionId: "1", body: "one" });
	await one.messages.markRead({ userId: bob, roomId, eventId: first.eventId, kind: "public" });
	const second = await one.messages.send({ userId: bob, roomId, transactionId: "2", body: "two" });
	await one.messages.markRead({ userId: alice, roomId, eventId: second.eventId, kind: "public" });
	const third = await one.messages.send({ userId: alice, roomId, transactionId: "3", body: "three" });
	await Promise.all([alices, bobs].map((each) => each.until(() => each.bodies().includes("three"))));
	expect(third.position).toBeDefined();
	const reads = (follower: TestFollower) => follower.deltas().flatMap((delta) => delta.progress?.reads ?? []);
	expect(reads(alices)).toEqual([]);
	expect(reads(bobs)).toEqual([]);
	for (const follower of [alices, bobs]) follower.stop();
});
