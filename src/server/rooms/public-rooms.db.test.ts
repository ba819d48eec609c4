import { describe, expect, it } from "vitest";
import type { RoomAlias, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";

const openServer = async () => {
	const test = await createTestDatabase();
	const kith = createTestRooms(test.database);
	const [ann, ben, eve] = [await kith.addPerson("ann"), await kith.addPerson("ben"), await kith.addPerson("eve")];
	const make = async (name: string, kind: "public" | "group", people: readonly UserId[] = []) => {
		const aliasLocalpart = kind === "public" ? name.toLowerCase() : undefined;
		const transactionId = kith.transactionId();
		const roomId = await kith.rooms.create({
			...{ creatorId: ann, transactionId, kind, name, topic: `All about ${name}`, inviteeIds: people, aliasLocalpart },
		});
		for (const userId of people) await kith.rooms.join({ userId, room: roomId });
		return roomId;
	};
	const find = async (userId: UserId, text = "") =>
		(await kith.rooms.findPublic({ userId, text, limit: 30 })).items.map(({ name }) => name);
	return { ...kith, ann, ben, eve, make, find, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
};

describe("the directory of public rooms", () => {
	it("lists rooms that anybody may join, the fullest first, in pages", async () => {
		await using server = await openServer();
		const { make, find, rooms, ben, eve } = server;
		await make("Chess", "public");
		await make("Walks", "public", [ben]);
		await make("Books", "public");
		await make("Family", "group", [ben]);
		expect(await find(eve)).toEqual(["Walks", "Chess", "Books"]);
		const first = await rooms.findPublic({ userId: eve, text: "", limit: 2 });
		expect(first.items).toMatchObject([{ alias: "#walks:kith.example", joinedCount: 2 }, { name: "Chess" }]);
		const second = await rooms.findPublic({ userId: eve, text: "", limit: 2, cursor: first.nextCursor });
		expect(second).toMatchObject({ items: [{ name: "Books", membership: undefined }] });
		expect(second.nextCursor).toBeUndefined();
		await expect(rooms.findPublic({ userId: eve, text: "", limit: 2, cursor: "1; DROP" })).rejects.toMatchObject({
			code: "bad-input",
		});
	});

	it("finds by name, description and alias, and takes every letter for itself", async () => {
		await using server = await openServer();
		const { make, find, eve } = server;
		await make("Chess", "public");
		await make("Walks_on%Sunday", "public");
		expect(await find(eve, "CHE")).toEqual(["Chess"]);
		expect(await find(eve, "about chess")).toEqual(["Chess"]);
		expect(await find(eve, "#chess:")).toEqual(["Chess"]);
		expect(await find(eve, "%")).toEqual(["Walks_on%Sunday"]);
		for (const text of ["\u0000", "\ud800", "nothing like it"]) expect(await find(eve, text)).toEqual([]);
	});

	it("shows nobody what is closed to them: private, replaced, or banning them", async () => {
		await using server = await openServer();
		const { make, find, rooms, ann, eve } = server;
		const closed = await make("Closed", "public");
		await rooms.setJoinRule({ userId: ann, roomId: closed, joinRule: "invite" });
		const banning = await make("Banning", "public");
		await rooms.ban({ userId: ann, roomId: banning, targetId: eve });
		const old = await make("Moving", "public");
		await rooms.upgrade({ userId: ann, transactionId: "up", roomId: old, version: "12", ownerIds: [] });
		expect(await find(eve)).toEqual(["Moving"]);
		expect(await find(ann)).toEqual(["Banning", "Moving"]);
		const read = (userId: UserId, alias: string) => rooms.readPublic({ userId, alias: alias as RoomAlias });
		expect(await read(eve, "#moving:kith.example")).toMatchObject({ name: "Moving", alias: "#moving:kith.example" });
		for (const alias of ["#closed:kith.example", "#banning:kith.example", "#nowhere:kith.example"]) {
			await expect(read(eve, alias)).rejects.toMatchObject({ code: "not-found" });
		}
		expect(await read(ann, "#closed:kith.example")).toMatchObject({ membership: "join" });
	});
});
