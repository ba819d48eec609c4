import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { deliver, openPeers } from "../../../tests/setup/two-peers.ts";
import { wireRoomSummary } from "../../shared/wire/room.ts";
import { readRoomDetails } from "./read-room-details.ts";

/** Bob of the second server is in a public room of the first. */
const openSquare = async () => {
	const peers = await openPeers();
	const { one, two, alice, bob } = peers;
	const make = (kind: "public" | "group", name: string): Promise<RoomId> =>
		one.rooms.create({ creatorId: alice, transactionId: one.transactionId(), kind, name, inviteeIds: [] });
	const square = await make("public", "Square");
	await two.rooms.join({ userId: bob, room: square, via: [one.name] });
	await deliver(two, one, square);
	/** Says that the room goes on there, and lets the second server hear of it. */
	const replaceBy = async (roomId: string): Promise<void> => {
		await one.lane.submit({
			rooms: [square],
			users: [alice],
			plan: (context) =>
				context.room(square).add({
					type: "m.room.tombstone",
					stateKey: "",
					sender: alice,
					content: { body: "gone", replacement_room: roomId },
				}),
		});
		await deliver(one, two, square);
	};
	const follow = (userId: UserId = bob, asks = false) => two.rooms.followUpgrade({ userId, roomId: square, asks });
	return { ...peers, make, square, replaceBy, follow };
};

describe("a room that was replaced elsewhere", { timeout: 60_000 }, () => {
	it("is followed into the new one through the server that replaced it, once", async () => {
		await using peers = await openSquare();
		const { one, two, alice, bob, square, follow, down } = peers;
		const carol = await two.addPerson("carol");
		const upgrade = { userId: alice, roomId: square, transactionId: "u", version: "12", ownerIds: [] };
		const next = await one.rooms.upgrade(upgrade);
		await deliver(one, two, square);
		expect(await two.listOf(bob)).toMatchObject([{ roomId: square, replacementRoomId: next }]);
		await expect(follow(carol)).rejects.toMatchObject({ code: "not-a-member" });
		down.add("one.example");
		await expect(follow()).rejects.toMatchObject({ code: "server-unreachable" });
		down.clear();
		expect(await follow()).toBe(next);
		expect(await follow()).toBe(next);
		expect(await two.members(next)).toMatchObject({ [alice]: "join", [bob]: "join" });
		const sources = {
			...{ directory: two.directory, timeline: two.timeline, upgradeVersion: "12" },
			privacyOf: async () => ({ presence: true, typing: true, readReceipts: true }) as never,
		};
		const details = await readRoomDetails(sources, bob, next);
		expect(details).toMatchObject({ predecessorRoomId: square, predecessorVia: ["one.example"] });
	});

	it("is not followed into a room that lets nobody in, nor where there is none", async () => {
		await using peers = await openSquare();
		const { two, bob, make, square, replaceBy, follow } = peers;
		await expect(follow()).rejects.toMatchObject({ code: "not-found" });
		await replaceBy(await make("group", "Closed"));
		await expect(follow()).rejects.toMatchObject({ code: "server-refused" });
		expect((await two.listOf(bob)).map(({ roomId }) => roomId)).toEqual([square]);
	});

	it("is followed by asking where the new one lets nobody in who did not", async () => {
		await using peers = await openSquare();
		const { one, two, alice, bob, make, replaceBy, follow } = peers;
		const guarded = await make("group", "Guarded");
		await expect(follow(bob, true)).rejects.toMatchObject({ code: "not-found" });
		await replaceBy(guarded);
		await expect(follow(bob, true)).rejects.toMatchObject({ code: "server-refused" });
		await one.rooms.setJoinRule({ userId: alice, roomId: guarded, joinRule: "knock" });
		await expect(follow()).rejects.toMatchObject({ code: "server-refused" });
		expect(await follow(bob, true)).toBe(guarded);
		expect(await one.members(guarded)).toMatchObject({ [alice]: "join", [bob]: "knock" });
		expect(await two.listOf(bob)).toContainEqual(expect.objectContaining({ roomId: guarded, membership: "knock" }));
	});

	it("goes on nowhere when what it names is no room, and stays in the lists", async () => {
		await using peers = await openSquare();
		const { two, bob, replaceBy, follow } = peers;
		for (const lie of ["nowhere", "", "!", `!${"x".repeat(300)}:one.example`, "#square:one.example", "!a\u0000:b"]) {
			await replaceBy(lie);
			const [row] = await two.listOf(bob);
			expect(wireRoomSummary.parse(row).replacementRoomId).toBeUndefined();
			await expect(follow()).rejects.toMatchObject({ code: "not-found" });
		}
	});
});
