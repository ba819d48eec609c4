import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { openPeers } from "../../../tests/setup/two-peers.ts";

const openClub = async () => {
	const peers = await openPeers();
	const { one, alice } = peers;
	const anna = await one.addPerson("anna");
	const make = (creatorId: UserId, kind: "group" | "public" | "space", name: string): Promise<RoomId> =>
		one.rooms.create({ creatorId, transactionId: one.transactionId(), kind, name, inviteeIds: [] });
	const club = await make(alice, "space", "Club");
	const add = (userId: UserId, roomId: RoomId, how: { opensToSpace?: boolean; spaceId?: RoomId } = {}) =>
		one.rooms.addToSpace({ userId, spaceId: club, roomId, opensToSpace: false, ...how });
	const namesFor = async (userId: UserId) => {
		const query = { userId, roomId: club, via: [], isSuggestedOnly: false, maxDepth: 1, offset: 0, limit: 50 };
		return (await one.rooms.walkSpace(query)).items.map(({ name }) => name);
	};
	return { ...peers, anna, make, club, add, namesFor };
};

describe("a community", { timeout: 60_000 }, () => {
	it("is a room in which nobody writes, and is told apart in every list, also by invitation and from elsewhere", async () => {
		await using peers = await openClub();
		const { one, two, alice, bob, anna, club } = peers;
		expect(await one.listOf(alice)).toMatchObject([{ roomId: club, kind: "space", name: "Club" }]);
		for (const targetId of [anna, bob]) await one.rooms.invite({ userId: alice, roomId: club, targetId });
		expect(await two.listOf(bob)).toMatchObject([{ kind: "space", membership: "invite" }]);
		await two.rooms.join({ userId: bob, room: club });
		await one.rooms.join({ userId: anna, room: club });
		expect(await two.listOf(bob)).toMatchObject([{ kind: "space", membership: "join" }]);
		const write = one.messages.send({ userId: anna, roomId: club, transactionId: "t", body: "hello" });
		await expect(write).rejects.toMatchObject({ code: "forbidden" });
		const room = { kind: "space", name: "Open", isPublic: true, inviteeIds: [] } as const;
		await one.rooms.create({ creatorId: alice, transactionId: one.transactionId(), ...room });
		const found = await one.rooms.findPublic({ userId: anna, text: "", limit: 9 });
		expect(found.items).toMatchObject([{ name: "Open", isSpace: true }]);
	});

	it("is given rooms by who may change it and is in them, and by nobody else", async () => {
		await using peers = await openClub();
		const { one, alice, anna, make, club, add, namesFor } = peers;
		const chess = await make(alice, "group", "Chess");
		const private_ = await make(anna, "group", "Anna’s own");
		await one.rooms.invite({ userId: alice, roomId: club, targetId: anna });
		await one.rooms.join({ userId: anna, room: club });
		await expect(add(anna, private_)).rejects.toMatchObject({ code: "forbidden" });
		await expect(add(alice, private_)).rejects.toMatchObject({ code: "not-a-member" });
		await expect(add(alice, club)).rejects.toMatchObject({ code: "bad-input" });
		await expect(add(alice, club, { spaceId: chess })).rejects.toMatchObject({ code: "bad-input" });
		await expect(add(alice, `!${"x".repeat(43)}` as RoomId)).rejects.toMatchObject({ code: "not-found" });
		await add(alice, chess);
		await add(alice, chess);
		expect(await namesFor(alice)).toEqual(["Club", "Chess"]);
		// A room by invitation stays nobody's business.
		expect(await namesFor(anna)).toEqual(["Club"]);
		const remove = (userId: UserId) => one.rooms.removeFromSpace({ userId, spaceId: club, roomId: chess });
		await expect(remove(anna)).rejects.toMatchObject({ code: "forbidden" });
		await remove(alice);
		await remove(alice);
		expect(await namesFor(alice)).toEqual(["Club"]);
	});

	it("opens a room to its people where whoever adds it may decide that, and leaves it be otherwise", async () => {
		await using peers = await openClub();
		const { one, two, alice, bob, anna, make, club, add, namesFor } = peers;
		const chess = await make(alice, "group", "Chess");
		const square = await make(alice, "public", "Square");
		await add(alice, chess, { opensToSpace: true });
		await add(alice, square, { opensToSpace: true });
		for (const targetId of [anna, bob]) await one.rooms.invite({ userId: alice, roomId: club, targetId });
		await expect(one.rooms.join({ userId: anna, room: chess })).rejects.toMatchObject({ code: "forbidden" });
		await one.rooms.join({ userId: anna, room: club });
		expect(await namesFor(anna)).toEqual(["Club", "Chess", "Square"]);
		await one.rooms.join({ userId: anna, room: chess });
		await two.rooms.join({ userId: bob, room: club });
		await two.rooms.join({ userId: bob, room: chess, via: [one.name] });
		expect(await one.members(chess)).toEqual({ [alice]: "join", [anna]: "join", [bob]: "join" });
		const other = await make(anna, "space", "Other club");
		const carol = await one.addPerson("carol");
		// Anna may put the room into a community of hers, and not decide who comes into it.
		await expect(add(anna, chess, { opensToSpace: true, spaceId: other })).rejects.toMatchObject({ code: "forbidden" });
		await add(anna, chess, { spaceId: other });
		await one.rooms.invite({ userId: anna, roomId: other, targetId: carol });
		await one.rooms.join({ userId: carol, room: other });
		await expect(one.rooms.join({ userId: carol, room: chess })).rejects.toMatchObject({ code: "forbidden" });
	});

	it("is named by the rooms that it opens, first where it was the first, until they are taken out of it", async () => {
		await using peers = await openClub();
		const { one, alice, anna, make, club, add } = peers;
		const chess = await make(alice, "group", "Chess");
		const quiet = await make(alice, "group", "Quiet");
		const other = await make(alice, "space", "Other club");
		const parentsOf = async (roomId: RoomId) => {
			const snapshot = await one.directory.snapshot(roomId, [alice]);
			return [club, other].map((spaceId) => snapshot?.state.get("m.space.parent", spaceId)?.content);
		};
		await add(alice, quiet);
		expect(await parentsOf(quiet)).toEqual([undefined, undefined]);
		await add(alice, chess, { opensToSpace: true });
		await add(alice, chess, { opensToSpace: true });
		await add(alice, chess, { opensToSpace: true, spaceId: other });
		const via = [one.name];
		expect(await parentsOf(chess)).toEqual([{ via, canonical: true }, { via }]);
		await one.rooms.removeFromSpace({ userId: alice, spaceId: club, roomId: chess });
		expect(await parentsOf(chess)).toEqual([{}, { via }]);
		// Whoever may change the community and not the room takes it out of the community, and leaves the room as it is.
		await one.rooms.invite({ userId: alice, roomId: other, targetId: anna });
		await one.rooms.join({ userId: anna, room: other });
		await one.rooms.setRole({ userId: alice, roomId: other, targetId: anna, role: "admin" });
		await one.rooms.removeFromSpace({ userId: anna, spaceId: other, roomId: chess });
		expect(await parentsOf(chess)).toEqual([{}, { via }]);
	});

	it("keeps its rooms and stays one when it is moved to a new room", async () => {
		await using peers = await openClub();
		const { one, alice, make, club, add } = peers;
		for (const name of ["Chess", "Go"]) await add(alice, await make(alice, "public", name));
		const gone = await make(alice, "public", "Gone");
		await add(alice, gone);
		await one.rooms.removeFromSpace({ userId: alice, spaceId: club, roomId: gone });
		const upgrade = { userId: alice, roomId: club, transactionId: "u", version: "12", ownerIds: [] };
		const next = await one.rooms.upgrade(upgrade);
		const query = { via: [], isSuggestedOnly: false, maxDepth: 1, offset: 0, limit: 50 };
		const { items } = await one.rooms.walkSpace({ ...query, userId: alice, roomId: next });
		expect(items.map(({ name, isSpace }) => [name, isSpace])).toEqual([
			["Club", true],
			["Chess", false],
			["Go", false],
		]);
		expect(await one.listOf(alice)).toContainEqual(expect.objectContaining({ roomId: next, kind: "space" }));
	});

	it("of before they were told apart is one after the upgrade, and no other room is", async () => {
		await using peers = await openClub();
		const { one, alice, make, club } = peers;
		const named = await make(alice, "group", "m.space");
		const { pool } = one.database;
		await pool.query("UPDATE rooms SET kind = 'group'");
		await pool.query(await readFile("prisma/migrations/20261126101900_space_rooms/migration.sql", "utf8"));
		const { rows } = await pool.query("SELECT id, kind FROM rooms ORDER BY nid");
		expect(rows).toEqual([
			{ id: club, kind: "space" },
			{ id: named, kind: "group" },
		]);
	});
});
