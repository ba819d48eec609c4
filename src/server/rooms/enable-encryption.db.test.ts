import { describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import type { RoomVersionId } from "../../../federation/room-versions/room-version.ts";
import { encryptedContent } from "../../../tests/setup/encrypted-content.ts";
import { createTestSharedRooms } from "../../../tests/setup/test-shared-rooms.ts";
import { createTestTimeline } from "../../../tests/setup/test-timeline.ts";
import { deliver, groupOf, openPeers } from "../../../tests/setup/two-peers.ts";
import type { WireRoomKind } from "../../shared/wire/room.ts";

const megolm = "m.megolm.v1.aes-sha2";
const shown = { algorithm: megolm, historyVisibility: "shared" };

const openTown = async (versionId: RoomVersionId = "12") => {
	const kith = await createTestTimeline(versionId);
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const create = (kind: WireRoomKind, encryption?: boolean) =>
		kith.rooms.create({ creatorId: alice, transactionId: kith.transactionId(), kind, inviteeIds: [bob], encryption });
	const encryptionOf = async (userId: UserId, roomId: RoomId) =>
		(await kith.timeline.roomList(userId, { limit: 50 })).items.find((room) => room.roomId === roomId)?.encryption;
	const stateEvents = async () =>
		(await kith.database.pool.query("SELECT event_id FROM events WHERE type = 'm.room.encryption'")).rows.length;
	const changeTo = (userId: UserId, roomId: RoomId, content: JsonObject) =>
		kith.lane.submit({
			rooms: [roomId],
			users: [userId],
			plan: (context) =>
				void context.room(roomId).add({ type: "m.room.encryption", stateKey: "", sender: userId, content }),
		});
	return { ...kith, alice, bob, create, encryptionOf, stateEvents, changeTo };
};

describe("rooms that are encrypted", () => {
	it.each(["11", "12"] as const)("are made so from the first message on, in version %s", async (versionId) => {
		await using town = await openTown(versionId);
		for (const kind of ["direct", "group", "public"] as const) {
			const roomId = await town.create(kind, true);
			for (const userId of [town.alice, town.bob]) {
				expect(await town.encryptionOf(userId, roomId)).toEqual(shown);
			}
		}
		expect(await town.encryptionOf(town.alice, await town.create("group"))).toBeUndefined();
	});

	it("are switched on by whoever may, once and for good", async () => {
		await using town = await openTown();
		const { alice, bob, rooms } = town;
		const roomId = await town.create("group");
		await rooms.join({ userId: bob, room: roomId });
		await expect(rooms.enableEncryption({ userId: bob, roomId })).rejects.toMatchObject({ code: "forbidden" });
		await rooms.setRole({ userId: alice, roomId, targetId: bob, role: "admin" });
		await rooms.enableEncryption({ userId: bob, roomId });
		await rooms.enableEncryption({ userId: alice, roomId });
		expect(await town.stateEvents()).toBe(1);
		for (const content of [{}, { algorithm: "org.example.rot13" }, { algorithm: null }]) {
			await expect(town.changeTo(alice, roomId, content)).rejects.toMatchObject({ code: "forbidden" });
		}
		expect(await town.encryptionOf(bob, roomId)).toEqual(shown);
		// How long a session is used is no weakening.
		await town.changeTo(alice, roomId, { algorithm: megolm, rotation_period_msgs: 10 });
		expect(await town.encryptionOf(bob, roomId)).toEqual({ ...shown, rotationPeriodMsgs: 10 });
	});

	it("are no spaces, in which nobody writes, and no rooms of strangers or from before an upgrade", async () => {
		await using town = await openTown();
		const { alice, rooms } = town;
		const refused = { code: "bad-input" };
		await expect(town.create("space", true)).rejects.toMatchObject(refused);
		const space = await town.create("space");
		await expect(rooms.enableEncryption({ userId: alice, roomId: space })).rejects.toMatchObject(refused);
		const roomId = await town.create("group");
		const stranger = await town.addPerson("stranger");
		const notIn = { code: "not-a-member" };
		await expect(rooms.enableEncryption({ userId: stranger, roomId })).rejects.toMatchObject(notIn);
		await rooms.upgrade({ userId: alice, roomId, transactionId: "u", version: "12", ownerIds: [] });
		await expect(rooms.enableEncryption({ userId: alice, roomId })).rejects.toMatchObject({ code: "room-upgraded" });
	});

	it("tell who is given keys: whoever may see what was written before", async () => {
		await using town = await openTown();
		const roomId = await town.create("group", true);
		await town.rooms.setHistoryVisibility({ userId: town.alice, roomId, historyVisibility: "joined" });
		expect(await town.encryptionOf(town.alice, roomId)).toEqual({ ...shown, historyVisibility: "joined" });
	});

	it("keep what began encryption from being deleted", async () => {
		await using town = await openTown();
		const roomId = await town.create("group", true);
		const { rows } = await town.database.pool.query("SELECT event_id FROM events WHERE type = 'm.room.encryption'");
		const redact = { userId: town.alice, roomId, transactionId: "r", targetEventId: rows[0].event_id as EventId };
		await expect(town.messages.redact(redact)).rejects.toMatchObject({ code: "forbidden" });
	});

	it("stay so over an upgrade", async () => {
		await using town = await openTown();
		const roomId = await town.create("group", true);
		const upgrade = { userId: town.alice, roomId, transactionId: "u", version: "12", ownerIds: [] };
		const next = await town.rooms.upgrade(upgrade);
		expect(await town.encryptionOf(town.alice, next)).toEqual(shown);
	});
});

describe("encrypted rooms and other servers", { timeout: 60_000 }, () => {
	it.each([
		["ends it", {}],
		["replaces it by what nobody speaks", { algorithm: "org.example.rot13" }],
	])("stay encrypted for people here when an admin elsewhere %s", async (_, content) => {
		await using kith = await createTestSharedRooms();
		const alice = await kith.addPerson("alice");
		const eve = "@eve:far.example" as UserId;
		const begun = { creatorId: alice, transactionId: "t", kind: "public" as const, inviteeIds: [] };
		const roomId = await kith.rooms.create({ ...begun, encryption: true });
		await kith.join(roomId, eve);
		await kith.rooms.setRole({ userId: alice, roomId, targetId: eve, role: "admin" });
		await kith.act({ roomId, sender: eve, type: "m.room.encryption", stateKey: "", content });
		const { rows } = await kith.database.pool.query("SELECT encryption FROM rooms WHERE id = $1", [roomId]);
		expect(JSON.parse(rows[0].encryption)).toEqual({ algorithm: megolm });
		const write = { userId: alice, roomId, transactionId: kith.transactionId() };
		await expect(kith.messages.send({ ...write, body: "x" })).rejects.toMatchObject({ code: "encryption-required" });
		await kith.messages.sendEncrypted({ ...write, content: encryptedContent("AAAA") });
		// Nor does a room that takes its place begin in clear.
		const next = await kith.rooms.upgrade({ userId: alice, roomId, transactionId: "u", version: "12", ownerIds: [] });
		const found = await kith.database.pool.query("SELECT encryption FROM rooms WHERE id = $1", [next]);
		expect(JSON.parse(found.rows[0].encryption)).toEqual({ algorithm: megolm });
	});

	it("show what others send, and no mention that their servers read into it", async () => {
		await using kith = await createTestSharedRooms();
		const alice = await kith.addPerson("alice");
		const eve = "@eve:far.example" as UserId;
		const begun = { creatorId: alice, transactionId: "t", kind: "public" as const, inviteeIds: [] };
		const roomId = await kith.rooms.create({ ...begun, encryption: true });
		await kith.join(roomId, eve);
		const content = { ...encryptedContent("AAAA"), "m.mentions": { user_ids: [alice], room: true } } as JsonObject;
		await kith.act({ roomId, sender: eve, type: "m.room.encrypted", content });
		const { rows } = await kith.database.pool.query("SELECT user_id FROM mentions");
		expect(rows).toEqual([]);
	});

	it.each(["invite", "knock", "restricted"] as const)(
		"are joined from elsewhere as %s rooms are, encrypted",
		async (rule) => {
			await using peers = await openPeers();
			const { one, two, alice, bob } = peers;
			const door = await groupOf(one, alice);
			await one.rooms.setJoinRule({ userId: alice, roomId: door, joinRule: "public" });
			const roomId = await groupOf(one, alice);
			await one.rooms.enableEncryption({ userId: alice, roomId });
			const via = [one.name];
			if (rule === "invite") await one.rooms.invite({ userId: alice, roomId, targetId: bob });
			else await one.rooms.setJoinRule({ userId: alice, roomId, joinRule: rule, allowedRoomIds: [door] });
			if (rule === "restricted") {
				await two.rooms.join({ userId: bob, room: door, via });
				await deliver(two, one, door);
			}
			if (rule === "knock") {
				await two.rooms.knock({ userId: bob, room: roomId, via });
				await one.rooms.invite({ userId: alice, roomId, targetId: bob });
				await deliver(one, two, roomId);
			}
			await two.rooms.join({ userId: bob, room: roomId, via });
			const [summary] = (await two.listOf(bob)).filter((room) => room.roomId === roomId);
			expect(summary?.encryption).toEqual(shown);
			const write = { userId: bob, roomId, transactionId: "b" };
			await expect(two.messages.send({ ...write, body: "x" })).rejects.toMatchObject({ code: "encryption-required" });
			await two.messages.sendEncrypted({ ...write, content: encryptedContent("AAAA") });
			await deliver(two, one, roomId);
			const [row] = (await one.listOf(alice)).filter((room) => room.roomId === roomId);
			expect(row?.lastMessage).toMatchObject({ sender: bob, content: encryptedContent("AAAA") });
		},
	);
});
