import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { createSharedRoom, one, type SharedRoom, two, wireOf } from "../../../../tests/setup/test-answering.ts";

const notFound = { status: 404, content: expect.objectContaining({ errcode: "M_NOT_FOUND" }) };

describe("a person's profile", () => {
	it("ANS-14 is shown of this server's people: name, picture, or the one that is asked for", async () => {
		await using room = await createSharedRoom();
		const { answering, ann, kith } = room;
		const avatarUrl = "mxc://kith.example/abc";
		await kith.database.prisma.user.update({ where: { id: ann }, data: { avatarUrl } });
		const ask = (userId: string | null, field: string | null = null) => wireOf(answering.profile({ userId, field }));
		expect((await ask(ann)).content).toEqual({ displayname: "ann", avatar_url: avatarUrl });
		expect((await ask(ann, "displayname")).content).toEqual({ displayname: "ann" });
		expect((await ask(ann, "m.tz")).content).toEqual({});
		expect(await ask(null)).toMatchObject({ status: 400, content: { errcode: "M_MISSING_PARAM" } });
		for (const nobody of ["@nobody:kith.example", `@rob:${one}`, "ann", "@a\u0000b:kith.example"])
			expect([nobody, await ask(nobody)]).toEqual([nobody, notFound]);
		await kith.database.prisma.user.update({ where: { id: ann }, data: { disabledAt: new Date(0) } });
		expect(await ask(ann)).toEqual(notFound);
	});
});

describe("an address", () => {
	const ask = ({ answering }: SharedRoom, alias: string | null, origin = two) =>
		wireOf(answering.alias({ origin, alias }));

	it("ANS-15 leads to the room and to servers in it, this one first", async () => {
		await using room = await createSharedRoom();
		await room.kith.join(room.roomId, `@rita:${one}` as UserId);
		await room.kith.join(room.roomId, `@ada:a.example` as UserId);
		expect((await ask(room, "#harbour:kith.example")).content).toEqual({
			room_id: room.roomId,
			servers: ["kith.example", "one.example", "a.example"],
		});
		for (const alias of ["#nothing:kith.example", "#harbour:one.example", "#harbour:kith.example:1"])
			expect([alias, await ask(room, alias)]).toEqual([alias, notFound]);
		for (const alias of [null, "harbour", "#a\u0000:kith.example"])
			expect([alias, (await ask(room, alias)).status]).toEqual([alias, 400]);
	});

	it("ANS-15 of a room by invitation is shown only to servers with somebody in it or invited", async () => {
		await using room = await createSharedRoom();
		const { kith, ann, roomId } = room;
		await kith.rooms.setJoinRule({ userId: ann, roomId, joinRule: "invite" });
		expect((await ask(room, "#harbour:kith.example", one)).status).toBe(200);
		expect(await ask(room, "#harbour:kith.example")).toEqual(notFound);
		await room.set("m.room.member", { membership: "invite" }, `@tea:${two}`);
		expect((await ask(room, "#harbour:kith.example")).status).toBe(200);
	});
});

describe("the directory", () => {
	const ask = async ({ answering }: SharedRoom, asked: JsonObject = {}) =>
		(await wireOf(answering.publicRooms(asked))).content;
	const names = (content: { readonly [key: string]: unknown }) =>
		(content["chunk"] as { name: string }[]).map(({ name }) => name);

	/** Public, with nobody but Ann. */
	const open = async ({ kith, ann }: SharedRoom, name: string): Promise<RoomId> => {
		const transactionId = kith.transactionId();
		const roomId = await kith.rooms.create({ creatorId: ann, transactionId, kind: "group", name, inviteeIds: [] });
		await kith.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
		return roomId;
	};

	it("ANS-16 lists what anybody may join, page by page, those with the most people first", async () => {
		await using room = await createSharedRoom();
		for (const name of ["Alpha", "Beta", "Gamma"]) await open(room, name);
		const closed = await open(room, "Closed");
		await room.kith.rooms.setJoinRule({ userId: room.ann, roomId: closed, joinRule: "invite" });
		const first = await ask(room, { limit: 2 });
		expect(first).toMatchObject({ total_room_count_estimate: 4, next_batch: expect.any(String) });
		expect(first["chunk"]).toMatchObject([
			{
				...{ room_id: room.roomId, name: "Harbour", num_joined_members: 2, join_rule: "public" },
				...{ world_readable: false, guest_can_join: false, canonical_alias: "#harbour:kith.example" },
			},
			{ name: "Alpha", num_joined_members: 1 },
		]);
		const second = await ask(room, { limit: 2, since: String(first["next_batch"]) });
		expect([names(second), second["next_batch"]]).toEqual([["Beta", "Gamma"], undefined]);
		expect(names(await ask(room, { filter: { generic_search_term: " gAM " } }))).toEqual(["Gamma"]);
		expect(names(await ask(room, { filter: { generic_search_term: "%" } }))).toEqual([]);
		expect(names(await ask(room, { filter: { generic_search_term: "a\u0000" } }))).toEqual([]);
		expect(await ask(room, { since: "nonsense" })).toMatchObject({ errcode: "M_INVALID_PARAM" });
		expect(names(await ask(room, { filter: { room_types: ["m.space"] } }))).toEqual([]);
		expect(names(await ask(room, { filter: { room_types: [null] } }))).toHaveLength(4);
	});
});

describe("a space", () => {
	const ask = ({ answering, roomId }: SharedRoom, origin = two, isSuggestedOnly = false) =>
		wireOf(answering.hierarchy({ origin, roomId, isSuggestedOnly }));
	const link = { via: ["kith.example"] };

	const make = async ({ kith, ann }: SharedRoom, name: string): Promise<RoomId> =>
		kith.rooms.create({
			...{ creatorId: ann, transactionId: kith.transactionId(), kind: "group", name, inviteeIds: [] },
		});

	it("ANS-17 shows the rooms in it that the server could join, names those that it could not, and leaves out strange ones", async () => {
		await using room = await createSharedRoom();
		const { kith, ann, set } = room;
		const [open, closed, known, taken] = [
			await make(room, "Open"),
			await make(room, "Closed"),
			await make(room, "Members of the harbour"),
			await make(room, "Taken away"),
		];
		await kith.rooms.setJoinRule({ userId: ann, roomId: open, joinRule: "public" });
		const condition = { type: "m.room_membership", room_id: room.roomId };
		await kith.lane.submit({
			rooms: [known],
			users: [ann],
			plan: (context) => {
				const content = { join_rule: "restricted", allow: [condition] };
				context.room(known).add({ type: "m.room.join_rules", stateKey: "", sender: ann, content });
			},
		});
		await set("m.space.child", { ...link, order: "b" }, open);
		await set("m.space.child", { ...link, order: "a", suggested: true }, known);
		await set("m.space.child", link, closed);
		await set("m.space.child", link, `!${"z".repeat(43)}`);
		await set("m.space.child", {}, taken);
		const { content } = await ask(room, one);
		expect(content["room"]).toMatchObject({ room_id: room.roomId, name: "Harbour" });
		const links = (content["room"] as { children_state: JsonObject[] }).children_state;
		expect(links.map((child) => child["state_key"])).toEqual([known, open, closed, `!${"z".repeat(43)}`]);
		expect(Object.keys(links[0] ?? {}).sort()).toEqual(["content", "origin_server_ts", "sender", "state_key", "type"]);
		const ids = (rooms: unknown) => (rooms as { room_id: string }[]).map(({ room_id }) => room_id).sort();
		expect(ids(content["children"])).toEqual([open, known].sort());
		expect(content["children"]).toContainEqual(expect.objectContaining({ allowed_room_ids: [room.roomId] }));
		expect(content["inaccessible_children"]).toEqual([closed]);
		// A server with nobody in the harbour does not meet the condition.
		const other = (await ask(room)).content;
		expect([ids(other["children"]), other["inaccessible_children"]]).toEqual([
			[open],
			expect.arrayContaining([closed, known]),
		]);
		const suggested = (await ask(room, one, true)).content;
		expect(ids(suggested["children"])).toEqual([known]);
	});

	it("ANS-17 is not found by a server that could not join it", async () => {
		await using room = await createSharedRoom();
		const { kith, ann, roomId } = room;
		expect((await ask(room)).status).toBe(200);
		await room.set("m.room.server_acl", { allow: ["*"], deny: [two] });
		expect(await ask(room)).toEqual(notFound);
		await room.set("m.room.server_acl", { allow: ["*"] });
		await kith.rooms.setJoinRule({ userId: ann, roomId, joinRule: "invite" });
		expect(await ask(room)).toEqual(notFound);
		expect((await ask(room, one)).status).toBe(200);
	});
});
