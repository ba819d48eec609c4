import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { TestPeer } from "../../../../tests/setup/test-peers.ts";
import { openPeers } from "../../../../tests/setup/two-peers.ts";
import type { SpaceQuery } from "../../rooms/public.ts";

const make = (
	peer: TestPeer,
	creatorId: UserId,
	room: { readonly name: string; readonly kind?: "group" | "public" | "space"; readonly isPublic?: boolean },
): Promise<RoomId> =>
	peer.rooms.create({ creatorId, transactionId: peer.transactionId(), kind: "public", inviteeIds: [], ...room });

const link = async (
	peer: TestPeer,
	userId: UserId,
	{ from, to, content }: { readonly from: RoomId; readonly to: RoomId; readonly content?: JsonObject },
): Promise<void> => {
	await peer.lane.submit({
		rooms: [from],
		users: [userId],
		plan: (context) =>
			context.room(from).add({
				type: "m.space.child",
				stateKey: to,
				sender: userId,
				content: content ?? { via: ["one.example"] },
			}),
	});
};

const walk = (peer: TestPeer, userId: UserId, query: Partial<SpaceQuery> & Pick<SpaceQuery, "roomId">) =>
	peer.rooms.walkSpace({
		...{ userId, via: [], isSuggestedOnly: false, maxDepth: 1, offset: 0, limit: 50 },
		...query,
	});

const namesOf = async (page: ReturnType<typeof walk>) =>
	(await page).items.map(({ name, depth }) => `${depth} ${name}`);

/** A space of the first server with a room and another space in it, which leads back. */
const openSpaces = async () => {
	const peers = await openPeers();
	const { one, alice } = peers;
	const club = await make(one, alice, { name: "Club", kind: "space", isPublic: true });
	const chess = await make(one, alice, { name: "Chess" });
	const inner = await make(one, alice, { name: "Inner", kind: "space", isPublic: true });
	const deep = await make(one, alice, { name: "Deep" });
	await link(one, alice, { from: club, to: inner, content: { via: ["one.example"], order: "b" } });
	await link(one, alice, { from: club, to: chess, content: { via: ["one.example"], order: "a", suggested: true } });
	await link(one, alice, { from: inner, to: club });
	await link(one, alice, { from: inner, to: inner });
	await link(one, alice, { from: inner, to: deep });
	return { ...peers, club, chess, inner, deep };
};

describe("a space", { timeout: 60_000 }, () => {
	it("ASK-07 is read room by room, each once, to the depth that is wanted, here and from elsewhere", async () => {
		await using spaces = await openSpaces();
		const { one, two, alice, bob, club, inner } = spaces;
		for (const look of [
			(more: Partial<SpaceQuery>) => walk(one, alice, { roomId: club, ...more }),
			(more: Partial<SpaceQuery>) => walk(two, bob, { roomId: club, via: [one.name], ...more }),
		]) {
			expect(await namesOf(look({ maxDepth: 0 }))).toEqual(["0 Club"]);
			expect(await namesOf(look({}))).toEqual(["0 Club", "1 Chess", "1 Inner"]);
			expect(await namesOf(look({ maxDepth: 5 }))).toEqual(["0 Club", "1 Chess", "1 Inner", "2 Deep"]);
			expect(await namesOf(look({ isSuggestedOnly: true }))).toEqual(["0 Club", "1 Chess"]);
		}
		const page = await walk(two, bob, { roomId: club, via: [one.name], maxDepth: 5 });
		expect(page).toMatchObject({ nextOffset: undefined, unreachedCount: 0 });
		expect(page.items.at(-1)).toMatchObject({ parentId: inner, via: ["one.example"], isSpace: false });
		expect(page.items.map(({ isSuggested }) => isSuggested)).toEqual([false, true, false, false]);
	});

	it("ASK-07 is read on page by page, and rooms that this server has are read here", async () => {
		await using spaces = await openSpaces();
		const { one, two, bob, club, chess, down } = spaces;
		const look = (offset: number) => walk(two, bob, { roomId: club, via: [one.name], maxDepth: 5, offset, limit: 2 });
		await two.rooms.join({ userId: bob, room: chess, via: [one.name] });
		expect(await look(0)).toMatchObject({ items: [{ name: "Club" }, { name: "Chess", via: [] }], nextOffset: 2 });
		expect(await look(2)).toMatchObject({ items: [{ name: "Inner" }, { name: "Deep" }], nextOffset: undefined });
		// What was told a moment ago is not asked for again.
		down.add("one.example");
		expect(await namesOf(look(2))).toEqual(["1 Inner", "2 Deep"]);
		expect((await look(0)).items[1]).toMatchObject({ membership: "join" });
	});

	it("ASK-07 counts rooms on servers that do not answer, and leaves them out", async () => {
		await using spaces = await openSpaces();
		const { one, alice, two, bob, club, down } = spaces;
		const far = await make(two, bob, { name: "Far" });
		await link(one, alice, { from: club, to: far, content: { via: ["two.example"] } });
		expect(await namesOf(walk(one, alice, { roomId: club }))).toEqual(["0 Club", "1 Chess", "1 Inner", "1 Far"]);
		const lost = `!${"x".repeat(43)}` as RoomId;
		await link(one, alice, { from: club, to: lost, content: { via: ["two.example", "nowhere.example"] } });
		down.add("two.example");
		expect(await walk(one, alice, { roomId: club })).toMatchObject({ unreachedCount: 1 });
	});

	it("ASK-06 shows whom a room does not concern neither the room nor that it is there", async () => {
		await using spaces = await openSpaces();
		const { one, two, alice, bob, club } = spaces;
		const carol = await two.addPerson("carol");
		const board = await make(one, alice, { name: "Board", kind: "group" });
		const open = await make(one, alice, { name: "Members", kind: "group" });
		await one.rooms.setJoinRule({ userId: alice, roomId: open, joinRule: "restricted", allowedRoomIds: [club] });
		for (const to of [board, open]) await link(one, alice, { from: club, to });
		const look = (userId: UserId) => namesOf(walk(two, userId, { roomId: club, via: [one.name] }));
		await one.rooms.invite({ userId: alice, roomId: board, targetId: bob });
		// The server is told of both rooms by now: for bob's sake of one, and of the other once he is in the club.
		expect(await look(bob)).toEqual(["0 Club", "1 Chess", "1 Inner", "1 Board"]);
		expect(await look(carol)).toEqual(["0 Club", "1 Chess", "1 Inner"]);
		await two.rooms.join({ userId: bob, room: club, via: [one.name] });
		const inside = (userId: UserId) => namesOf(walk(two, userId, { roomId: club }));
		expect(await inside(bob)).toContain("1 Members");
		expect(await inside(carol)).not.toContain("1 Members");
	});

	it("ASK-06 by invitation is nobody's business, here and elsewhere", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob } = peers;
		const anna = await one.addPerson("anna");
		const hidden = await make(one, alice, { name: "Hidden", kind: "space" });
		await expect(walk(one, anna, { roomId: hidden })).rejects.toMatchObject({ code: "not-found" });
		await expect(walk(two, bob, { roomId: hidden, via: [one.name] })).rejects.toMatchObject({ code: "not-found" });
		await expect(walk(two, bob, { roomId: hidden })).rejects.toMatchObject({ code: "not-found" });
		await one.rooms.invite({ userId: alice, roomId: hidden, targetId: bob });
		expect(await namesOf(walk(two, bob, { roomId: hidden }))).toEqual(["0 Hidden"]);
		await one.rooms.ban({ userId: alice, roomId: hidden, targetId: anna });
		await one.rooms.setJoinRule({ userId: alice, roomId: hidden, joinRule: "public" });
		await expect(walk(one, anna, { roomId: hidden })).rejects.toMatchObject({ code: "not-found" });
	});
});
