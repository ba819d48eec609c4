import { describe, expect, it } from "vitest";
import type { RoomId, ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerAnswer } from "../../../../federation/ports/peer-transport.ts";
import { groupOf, openPeers } from "../../../../tests/setup/two-peers.ts";
import { findRoomsElsewhere } from "./find-rooms-elsewhere.ts";

const openSquares = async (count: number) => {
	const peers = await openPeers();
	const { one, alice } = peers;
	const ids: RoomId[] = [];
	for (let at = 0; at < count; at += 1) {
		const name = `Square ${at}`;
		const transactionId = one.transactionId();
		ids.push(await one.rooms.create({ creatorId: alice, transactionId, kind: "public", name, inviteeIds: [] }));
	}
	const find = (text = "", cursor?: string, limit = 2) =>
		peers.two.rooms.findPublicElsewhere({ userId: peers.bob, server: one.name, text, cursor, limit });
	return { ...peers, ids, find };
};

describe("public rooms of another server", { timeout: 60_000 }, () => {
	it("are read page by page, found by words, and say what the reader is to them", async () => {
		await using squares = await openSquares(5);
		const { find, two, bob, ids } = squares;
		const names: (string | undefined)[] = [];
		let cursor: string | undefined;
		do {
			const page = await find("", cursor);
			names.push(...page.items.map(({ name }) => name));
			cursor = page.nextCursor;
		} while (cursor !== undefined && names.length < 20);
		expect(names.sort()).toEqual(["Square 0", "Square 1", "Square 2", "Square 3", "Square 4"]);
		const [found, ...others] = (await find("uare 3")).items;
		expect(others).toEqual([]);
		expect(found).toMatchObject({ roomId: ids[3], joinedCount: 1, joinRule: "public", via: ["one.example"] });
		expect(found?.membership).toBeUndefined();
		await two.rooms.join({ userId: bob, room: ids[3] as RoomId, via: found?.via ?? [] });
		expect((await find("uare 3")).items).toMatchObject([{ membership: "join" }]);
		expect((await find("nothing is called so")).items).toEqual([]);
	});

	it("are asked for nowhere under this server's own name, and not with what cannot be signed", async () => {
		await using squares = await openSquares(0);
		const { two, bob, find, down } = squares;
		const own = two.rooms.findPublicElsewhere({ userId: bob, server: two.name, text: "", limit: 2 });
		await expect(own).rejects.toMatchObject({ code: "bad-input" });
		await expect(find("a\u0000")).rejects.toMatchObject({ code: "bad-input" });
		await expect(find("\ud800")).rejects.toMatchObject({ code: "bad-input" });
		await expect(find("", "\udfff")).rejects.toMatchObject({ code: "bad-input" });
		down.add("one.example");
		await expect(find()).rejects.toMatchObject({ code: "server-unreachable" });
		const server = "nowhere.example" as ServerName;
		const lost = two.rooms.findPublicElsewhere({ userId: bob, server, text: "", limit: 2 });
		await expect(lost).rejects.toMatchObject({ code: "server-unknown" });
	});

	it("are not listed by a server that refuses, which is another thing than one that is busy", async () => {
		const ask = (answer: PeerAnswer) =>
			findRoomsElsewhere(
				{
					transport: { request: async () => answer },
					memberships: { standings: async () => new Map() } as never,
					serverName: "two.example" as ServerName,
				},
				{ userId: "@bob:two.example" as UserId, server: "one.example" as ServerName, text: "", limit: 2 },
			).then(
				() => "answered",
				(error: { code: string }) => error.code,
			);
		const refused = (status: number) =>
			ask({ kind: "refused", status, errcode: "M_UNKNOWN", message: "", retryAfterMs: undefined });
		expect(await refused(403)).toBe("server-refused");
		expect(await refused(404)).toBe("server-refused");
		expect(await refused(429)).toBe("server-unreachable");
		expect(await refused(500)).toBe("server-unreachable");
		expect(await ask({ kind: "unreachable", reason: "blocked", detail: "" })).toBe("server-blocked");
	});
});

describe("a room of another server before one joins it", { timeout: 60_000 }, () => {
	it("ASK-06 is told of to whom it concerns alone, though their server is told for all of its people", async () => {
		await using peers = await openPeers();
		const { one, two, alice, bob } = peers;
		const carol = await two.addPerson("carol");
		const roomId = await groupOf(one, alice, [bob]);
		const look = (userId: UserId) => two.rooms.preview({ userId, room: roomId, via: [one.name] });
		expect(await look(bob)).toMatchObject({ name: "Garden", joinedCount: 1, membership: "invite" });
		expect(await look(carol)).toMatchObject({ roomId, name: undefined, joinedCount: undefined });
	});
});
