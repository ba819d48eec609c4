import { describe, expect, it } from "vitest";
import type { RoomId } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";
import type { PeerRequest, PeerTransport } from "../ports/peer-transport.ts";
import { serverName } from "../testing/identifiers.ts";
import { askForHierarchy } from "./ask-for-hierarchy.ts";
import { askForPublicRooms } from "./ask-for-public-rooms.ts";
import { readToldRoom } from "./told-room.ts";

const server = serverName("far.example");
const room = (at: number | string): RoomId => `!${at}:far.example` as RoomId;

/** A server that answers with this, whatever it is asked. */
const answering = (content: JsonObject) => {
	const asked: PeerRequest[] = [];
	const peers: PeerTransport = {
		request: async (_, request) => {
			asked.push(request);
			return { kind: "answered", content };
		},
	};
	return { asked, peers, server };
};

const wish = { text: "", since: undefined, limit: 3, timeoutMs: 1_000 };

describe("a list of another server", () => {
	it("ASK-01 is asked for with a limit, and with words in the form that takes them", async () => {
		const far = answering({ chunk: [] });
		await askForPublicRooms(far, { ...wish, since: "a b&c" });
		await askForPublicRooms(far, { ...wish, text: "chess", since: "t" });
		expect(far.asked).toMatchObject([
			{ method: "GET", uri: "/_matrix/federation/v1/publicRooms?limit=3&since=a%20b%26c" },
			{
				method: "POST",
				uri: "/_matrix/federation/v1/publicRooms",
				content: { limit: 3, since: "t", filter: { generic_search_term: "chess" } },
			},
		]);
	});

	it("ASK-01 has no more rooms than were asked for, each once, and none without an id", async () => {
		const chunk = [{ room_id: room(1) }, { room_id: room(1) }, { name: "none" }, { room_id: room(2) }, null];
		const some = await askForPublicRooms(answering({ chunk }), { ...wish, limit: 4 });
		expect(some).toMatchObject({ rooms: [{ roomId: room(1) }, { roomId: room(2) }] });
		const many = Array.from({ length: 1_000 }, (_, at) => ({ room_id: room(at) }));
		expect(await askForPublicRooms(answering({ chunk: many }), wish)).toMatchObject({ rooms: { length: 3 } });
		for (const lie of ["chunk", 7, null, { room_id: room(1) }]) {
			expect(await askForPublicRooms(answering({ chunk: lie }), wish)).toMatchObject({ rooms: [] });
		}
	});

	it("ASK-02 goes on only with a token that leads on", async () => {
		const next = async (token: JsonObject["x"], since?: string) => {
			const content = token === undefined ? { chunk: [] } : { chunk: [], next_batch: token };
			const given = await askForPublicRooms(answering(content), { ...wish, since });
			return given.kind === "given" ? given.next : given;
		};
		expect(await next("later", "before")).toBe("later");
		for (const token of ["same", "", "x".repeat(501), "\ud800", 7, null, undefined]) {
			expect(await next(token, "same")).toBeUndefined();
		}
	});
});

describe("a room as another server tells of it", () => {
	it("ASK-03 keeps words within bounds and without what deceives the eye", () => {
		const told = readToldRoom({
			room_id: room(1),
			name: `  ${"n".repeat(1_000)}`,
			topic: "a\u0000b\u202ec\ud800d\ne",
			canonical_alias: "#a\u202eb:far.example",
			avatar_url: "https://far.example/tracker.png",
			num_joined_members: -4,
			join_rule: "by_magic",
			room_type: "m.space",
			world_readable: "yes",
			allowed_room_ids: Array.from({ length: 200 }, (_, at) => room(at)),
		});
		expect(told).toMatchObject({
			topic: "a b c\ufffdd e",
			alias: undefined,
			avatarUrl: undefined,
			joinedCount: undefined,
			joinRule: undefined,
			isSpace: true,
			isWorldReadable: false,
			allowedRoomIds: { length: 50 },
		});
		expect(told?.name).toBe("n".repeat(255));
		expect(readToldRoom({ room_id: room(1), num_joined_members: 1e15 })?.joinedCount).toBe(10_000_000);
		for (const lie of [undefined, null, "room", [], {}, { room_id: "#no:id" }, { room_id: "!a\u0000:b" }]) {
			expect(readToldRoom(lie)).toBeUndefined();
		}
	});
});

const link = (at: number | string, content: JsonObject = { via: ["far.example"] }, ts = 0): JsonObject => ({
	type: "m.space.child",
	state_key: room(at),
	content,
	origin_server_ts: ts,
});

const ask = async (content: JsonObject, isSuggestedOnly = false) => {
	const given = await askForHierarchy(
		{ ...answering(content), roomId: room("space") },
		{ isSuggestedOnly, timeoutMs: 1_000 },
	);
	return given.kind === "given" ? given.told : undefined;
};

const space = (links: readonly JsonObject[], children: readonly JsonObject[] = []): JsonObject => ({
	room: { room_id: room("space"), room_type: "m.space", children_state: links },
	children,
});

describe("a space of another server", () => {
	it("ASK-04 is not taken from an answer about another room", async () => {
		expect(await ask({ room: { room_id: room("other"), room_type: "m.space" } })).toBeUndefined();
		for (const lie of [{}, { room: null }, { room: [] }, { room: { name: "x" } }])
			expect(await ask(lie)).toBeUndefined();
	});

	it("ASK-05 has its links by order, then by age, then by id, and without those that were taken away", async () => {
		const told = await ask(
			space([
				link("late", undefined, 9),
				link("b", undefined, 4),
				link("a", undefined, 4),
				link("second", { via: ["far.example"], order: "b" }, 1),
				link("first", { via: ["far.example"], order: "a" }, 99),
				link("odd", { via: ["far.example"], order: "\u0007" }, 5),
				link("gone", {}),
				link("empty", { via: [] }),
				{ ...link("parent"), type: "m.space.parent" },
				{ ...link("x"), state_key: "no room" },
			]),
		);
		expect(told?.links.map(({ roomId }) => roomId)).toEqual(["first", "second", "a", "b", "odd", "late"].map(room));
	});

	it("ASK-05 has at most a hundred links, each with at most three servers, and only rooms that they lead to", async () => {
		const via = ["a.example", "a.example", "no name!", "b.example", "c.example", "d.example", 7];
		const many = Array.from({ length: 1_000 }, (_, at) => link(at, { via }, at));
		const told = await ask(space(many, [{ room_id: room(1) }, { room_id: room("stray") }]));
		expect(told?.links).toHaveLength(100);
		expect(told?.links[0]?.via).toEqual(["a.example", "b.example", "c.example"]);
		expect([...(told?.children.keys() ?? [])]).toEqual([room(1)]);
		expect((await ask({ room: { room_id: room("space"), children_state: many } }))?.links).toEqual([]);
	});

	it("ASK-05 has the suggested links alone where they are asked for, whatever is answered", async () => {
		const told = await ask(space([link(1), link(2, { via: ["far.example"], suggested: true })]), true);
		expect(told?.links).toEqual([{ roomId: room(2), via: ["far.example"], isSuggested: true }]);
	});
});
