import { describe, expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestToDevice, followDevice } from "../../../tests/setup/test-to-device.ts";
import { createToDeviceStore } from "../adapters/prisma/keys/to-device-store.ts";

const eventually = { timeout: 10_000, interval: 10 };

describe("DEV-15: messages to devices", () => {
	it("reach the devices that are named, or all of a person, and nobody else", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const laptop = await test.device(test.ann, "LAPTOP");
		const bobs = await test.device(test.bob, "BOBS");
		await test.send(bobs, [
			[test.ann, "*", { body: "all" }],
			[test.ann, "PHONE", { body: "phone" }],
			[test.ann, "GONE", { body: "nobody" }],
		]);
		const bodies = async (device: typeof phone) =>
			(await test.waiting(device)).map(({ content }) => JSON.parse(content).body);
		expect(await bodies(phone)).toEqual(["phone"]);
		expect(await bodies(laptop)).toEqual(["all"]);
		expect(await bodies(bobs)).toEqual([]);
		expect((await test.waiting(phone))[0]).toMatchObject({ sender: test.bob, type: "m.room.encrypted" });
	});

	it("are sent once under one id of one device, and again by another device", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const bobs = await test.device(test.bob, "BOBS");
		const other = await test.device(test.bob, "OTHER");
		const same = { transactionId: "t1" };
		await Promise.all([1, 2, 3].map(() => test.send(bobs, [[test.ann, "PHONE", { body: "once" }]], same)));
		await test.send(other, [[test.ann, "PHONE", { body: "again" }]], same);
		expect(await test.waiting(phone)).toHaveLength(2);
	});

	it("wait for other servers in one commit, split where they are long, and come to nobody twice", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const devices = Array.from({ length: 60 }, (_, at) => `D${at}`);
		const dora = "@dora:two.example" as UserId;
		const long = "x".repeat(2_000);
		const messages = devices.map((deviceId) => [dora, deviceId, { body: `${deviceId} ${long}` }] as const);
		await test.send(phone, messages, { transactionId: "t" });
		await test.send(phone, messages, { transactionId: "t" });
		const edus = await test.rows<{ destination: string; type: string; content: string }>(
			"SELECT destination, type, content FROM outgoing_edus ORDER BY id",
		);
		expect(edus.length).toBeGreaterThan(1);
		const contents = edus.map(({ content }) => JSON.parse(content));
		expect(new Set(contents.map((content) => content.message_id)).size).toBe(edus.length);
		expect(contents.flatMap(({ messages: people }) => Object.keys(people[dora])).sort()).toEqual([...devices].sort());
		expect(edus[0]).toMatchObject({ destination: "two.example", type: "m.direct_to_device" });
		expect(contents[0]).toMatchObject({ sender: test.ann, type: "m.room.encrypted" });
		expect(edus.every(({ content }) => content.length < 60_000)).toBe(true);
	});

	it("are refused when one is longer than an event may be", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const long = test.send(phone, [[test.ann, "PHONE", { body: "x".repeat(70_000) }]]);
		await expect(long).rejects.toMatchObject({ code: "too-large" });
	});
});

describe("DEV-15: a device that follows the stream", () => {
	it("gets what waited and what comes, in order, each once, until it says that it has it", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const bobs = await test.device(test.bob, "BOBS");
		const say = (body: string) => test.send(bobs, [[test.ann, "PHONE", { body }]]);
		await say("one");
		const follower = followDevice(test.stream, phone);
		await expect.poll(follower.bodies, eventually).toEqual(["one"]);
		await say("two");
		await say("three");
		await expect.poll(follower.bodies, eventually).toEqual(["one", "two", "three"]);
		follower.stop();
		// Nothing was acknowledged: it begins again.
		const again = followDevice(test.stream, phone);
		await expect.poll(again.bodies, eventually).toEqual(["one", "two", "three"]);
		const second = again.news()[0]?.toDevicePosition ?? "";
		again.stop();
		await test.stream.acknowledgeToDevice(phone.viewer, Number(second) - 1);
		const third = followDevice(test.stream, phone);
		await expect.poll(third.bodies, eventually).toEqual(["three"]);
		third.stop();
		const done = followDevice(test.stream, phone, { toDevicePosition: Number(second) });
		await say("four");
		await expect.poll(done.bodies, eventually).toEqual(["four"]);
		done.stop();
		expect(await test.waiting(phone)).toHaveLength(1);
	});

	it("gets a long queue by hundreds, before what happened in rooms meanwhile", async () => {
		await using test = await createTestToDevice();
		const { ann, bob, rooms } = test;
		const phone = await test.device(ann, "PHONE");
		const bobs = await test.device(bob, "BOBS");
		const since = await test.rows<{ position: number }>("SELECT position FROM stream_head");
		for (let at = 0; at < 230; at += 1) await test.send(bobs, [[ann, "PHONE", { body: `${at}` }]]);
		await rooms.create({ creatorId: ann, transactionId: "r", kind: "group", name: "Later", inviteeIds: [] });
		const [head] = await test.rows<{ position: number }>("SELECT position FROM stream_head");
		await test.caughtUp(bobs);
		const follower = followDevice(test.stream, phone, { since: since[0]?.position ?? 0 });
		await expect.poll(() => follower.items.length, eventually).toBe(3);
		expect(follower.news().map(({ toDevice }) => toDevice.length)).toEqual([100, 100, 30]);
		expect(follower.bodies()).toEqual(Array.from({ length: 230 }, (_, at) => `${at}`));
		expect(follower.items.map(({ item }) => item.rooms.length)).toEqual([0, 0, 1]);
		expect(follower.items.map(({ position }) => position)).toEqual([
			...[since[0]?.position, since[0]?.position, head?.position],
		]);
		follower.stop();
		const fresh = followDevice(test.stream, phone);
		await expect.poll(() => fresh.items.length, eventually).toBe(3);
		expect(fresh.items.map(({ item }) => item.kind)).toEqual(["start", "changes", "changes"]);
		expect(fresh.bodies()).toHaveLength(230);
		fresh.stop();
	});

	it("hears of devices that changed, of who came and went, and of keys that were handed out", async () => {
		await using test = await createTestToDevice();
		const { ann, bob, rooms } = test;
		const phone = await test.device(ann, "PHONE");
		await test.keys.upload(phone.viewer, {
			oneTimeKeys: phone.oneTimeKeys("a", "b"),
			fallbackKeys: phone.fallbackKeys("f"),
		});
		const roomId = await rooms.create({
			creatorId: ann,
			transactionId: "r",
			kind: "group",
			name: "Us",
			inviteeIds: [bob],
		});
		await test.caughtUp(phone);
		const follower = followDevice(test.stream, phone);
		await expect.poll(() => follower.news().length, eventually).toBe(1);
		expect(follower.news()[0]).toMatchObject({ oneTimeKeyCounts: { signed_curve25519: 2 }, changed: [], left: [] });
		expect(follower.news()[0]).toMatchObject({ unusedFallbackKeys: ["signed_curve25519"] });
		const changed = () => follower.news().flatMap((news) => news.changed);
		await rooms.join({ userId: bob, room: roomId });
		await expect.poll(changed, eventually).toEqual([bob]);
		await test.device(bob, "BOBS");
		await expect.poll(changed, eventually).toEqual([bob, bob]);
		await test.keys.claim([{ userId: ann, deviceId: "PHONE", algorithm: "signed_curve25519" }]);
		await expect.poll(() => follower.news().at(-1)?.oneTimeKeyCounts, eventually).toEqual({ signed_curve25519: 1 });
		await rooms.leave({ userId: bob, roomId });
		await expect.poll(() => follower.news().flatMap((news) => news.left), eventually).toEqual([bob]);
		follower.stop();
	});

	it("costs who never asks nothing: no word of it comes", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const bobs = await test.device(test.bob, "BOBS");
		const follower = followDevice(test.stream, phone, { isDeaf: true });
		await expect.poll(() => follower.items.length, eventually).toBe(1);
		await test.send(bobs, [[test.ann, "PHONE", { body: "one" }]]);
		await test.rooms.create({ creatorId: test.ann, transactionId: "r", kind: "group", name: "Us", inviteeIds: [] });
		await expect.poll(() => follower.items.length, eventually).toBe(2);
		expect(follower.news()).toEqual([]);
		follower.stop();
	});
});

describe("DEV-16: an inbox", () => {
	it("keeps room keys, the oldest first, when too much waits, and says how much never came", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const store = createToDeviceStore(test.database.pool);
		const put = (body: string, type: string) =>
			store.send(
				{
					...{ origin: "bobs", messageId: body, sender: test.bob, type, elsewhere: [], onlyWith: undefined },
					messages: [{ userId: test.ann, deviceId: "PHONE", content: JSON.stringify({ body }) }],
				},
				4,
			);
		const bodies = async () => (await test.waiting(phone)).map(({ content }) => JSON.parse(content).body);
		for (const body of ["r1", "r2"]) await put(body, "m.room_key_request");
		for (const body of ["k1", "k2", "k3"]) await put(body, "m.room.encrypted");
		expect(await bodies()).toEqual(["r2", "k1", "k2", "k3"]);
		for (const body of ["k4", "k5"]) await put(body, "m.room.encrypted");
		expect(await bodies()).toEqual(["k1", "k2", "k3", "k4"]);
		await put("r3", "m.key.verification.request");
		expect(await bodies()).toEqual(["k1", "k2", "k3", "k4"]);
		const follower = followDevice(test.stream, phone);
		await expect.poll(() => follower.news()[0]?.droppedToDevice, eventually).toBe(4);
		follower.stop();
		await test.stream.acknowledgeToDevice(phone.viewer, 1);
		// An acknowledgement that was under way when something was dropped must not take that back.
		const after = followDevice(test.stream, phone);
		await expect.poll(() => after.news()[0]?.droppedToDevice, eventually).toBe(4);
		after.stop();
	});

	/** An inbox that holds ten messages, and what gets into it from whom. */
	const openInbox = async () => {
		const test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const store = createToDeviceStore(test.database.pool);
		const put = async (sender: string, body: string, { type = "m.room.encrypted", padding = "" } = {}) => {
			await store.send(
				{
					...{ origin: sender, messageId: body, sender: sender as UserId, type, elsewhere: [], onlyWith: undefined },
					messages: [{ userId: test.ann, deviceId: "PHONE", content: JSON.stringify({ body, padding }) }],
				},
				10,
			);
		};
		const bodies = async () => (await test.waiting(phone)).map(({ content }) => JSON.parse(content).body);
		const dropped = async () => (await test.rows<{ count: number }>("SELECT count FROM dropped_to_device"))[0]?.count;
		return { ...test, phone, put, bodies, dropped };
	};
	const numbered = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}${at}`);

	it("keeps what others sent when one server floods it, by whatever senders", async () => {
		await using inbox = await openInbox();
		const { put, bob } = inbox;
		for (const body of numbered("e", 12)) await put(`@${body}:evil.example`, body);
		for (const body of numbered("d", 3)) await put("@dora:two.example", body);
		for (const body of numbered("b", 2)) await put(bob, body);
		for (const body of numbered("f", 30)) await put("@eve:evil.example", body);
		expect(await inbox.bodies()).toEqual([...numbered("e", 5), ...numbered("d", 3), ...numbered("b", 2)]);
		expect(await inbox.dropped()).toBe(37);
	});

	it("lets nobody of this server push out others, nor keys by what holds none", async () => {
		await using inbox = await openInbox();
		const { put, bob } = inbox;
		await put("@dora:two.example", "key");
		for (const body of numbered("b", 20)) await put(bob, body);
		for (const body of numbered("r", 20)) await put("@eve:evil.example", body, { type: "m.room_key_request" });
		await put("@carol:kith.example", "hers");
		expect(await inbox.bodies()).toEqual(["key", ...numbered("b", 8), "hers"]);
	});

	it("counts a long message as several", async () => {
		await using inbox = await openInbox();
		await inbox.put("@dora:two.example", "key");
		// What repeats itself would be stored in a few bytes.
		const padding = Buffer.from(Array.from({ length: 24_000 }, (_, at) => (at * at * 31 + at * 7) % 251)).toString(
			"base64",
		);
		for (const body of numbered("e", 6)) await inbox.put("@eve:evil.example", body, { padding });
		expect((await inbox.bodies()).length).toBeLessThan(6);
		expect((await inbox.bodies())[0]).toBe("key");
		expect(await inbox.dropped()).toBeGreaterThan(1);
	});

	it("DEV-17: goes with its device", async () => {
		await using test = await createTestToDevice();
		const phone = await test.device(test.ann, "PHONE");
		const bobs = await test.device(test.bob, "BOBS");
		await test.send(bobs, [[test.ann, "PHONE", { body: "one" }]]);
		await test.signOut(phone);
		await test.keys.forgetEnded(test.ann);
		await test.send(bobs, [[test.ann, "PHONE", { body: "two" }]]);
		expect(await test.waiting(phone)).toEqual([]);
	});
});
