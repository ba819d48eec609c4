import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { eventually } from "../eventually.ts";
import { joinAsGuest } from "./hostile-guest.ts";
import { sendJson } from "./hostile-peer.ts";
import { type HostileSetting, hostileSetting } from "./hostile-setting.ts";
import { openSquare, type Square } from "./square.ts";
import { readStoredRoom, waitingPdus } from "./stored-room.ts";

describe("what a lying server says in a room", () => {
	let setting: HostileSetting;
	let square: Square;
	beforeAll(async () => {
		setting = await hostileSetting();
	});
	afterAll(() => setting?.[Symbol.asyncDispose]());
	beforeEach(async () => {
		square = await openSquare(setting);
	});

	it("is shown when it is true, which the rest is held against", async () => {
		const { mallory, ada, roomId } = square;
		const said = mallory.forge({ content: { msgtype: "m.text", body: "I am here" } });
		expect(await mallory.send([said])).toEqual({ status: 200, content: { pdus: { [said.eventId]: {} } } });
		await eventually(async () =>
			expect(await ada.messages(roomId)).toContainEqual(expect.objectContaining({ body: "I am here" })),
		);
	});

	it("is refused for a room that it is not in, and for one that nobody knows", async () => {
		const { kith } = setting;
		const { mallory, ada } = square;
		const secret = await ada.createRoom({ version: "12", name: "Secret" });
		const before = await readStoredRoom(kith, secret);
		for (const room_id of [secret, `!${"a".repeat(43)}`]) {
			const told = await mallory.send([mallory.forge({ room_id })]);
			expect(told.status).toBe(200);
		}
		await square.settled();
		expect(await readStoredRoom(kith, secret)).toEqual(before);
	});

	it("is dropped when it speaks for people of other servers", async () => {
		const { ada, mallory } = square;
		await square.changesNothing([
			mallory.forge({ sender: ada.userId }),
			mallory.forge({ sender: "@somebody:elsewhere.example" }),
			mallory.forge({ sender: ada.userId, type: "m.room.name", state_key: "", content: { name: "Mine" } }),
		]);
	});

	it("loses its content when its hash is wrong", async () => {
		const { ada, mallory, roomId } = square;
		const { eventId, json } = mallory.forge({ content: { msgtype: "m.text", body: "before" } });
		await mallory.send([{ ...json, content: { msgtype: "m.text", body: "after" } }]);
		const stored = await square.settled();
		expect(stored.shown).toContain(eventId);
		const seen = (await ada.messages(roomId)).find((message) => message.eventId === eventId);
		expect(seen?.body).toBeUndefined();
	});

	it("takes no power and no name that Mallory may not take", async () => {
		const { ada, mallory } = square;
		const state = (type: string, state_key: string, content: JsonObject) => mallory.forge({ type, state_key, content });
		const after = await square.changesNothing([
			state("m.room.power_levels", "", { users: { [mallory.userId]: 100 } }),
			state("m.room.name", "", { name: "Mallory's" }),
			state("m.room.join_rules", "", { join_rule: "public" }),
			state("m.room.server_acl", "", { allow: ["*"], deny: [setting.kith.name] }),
			state("m.room.member", ada.userId, { membership: "leave" }),
			state("m.room.member", "@friend:elsewhere.example", { membership: "join" }),
			state("m.room.tombstone", "", { replacement_room: "!mine:elsewhere.example", body: "" }),
		]);
		expect(after.hidden.length).toBeGreaterThanOrEqual(5);
	});

	it("cites what it likes in vain: a rejected event, one of another room, none, or the create event", async () => {
		const { kith, peer } = setting;
		const { ada, mallory } = square;
		const elsewhere = await ada.createRoom({ version: "12", name: "Elsewhere", aliasLocalpart: randomUUID() });
		const other = await joinAsGuest(kith, peer, { roomId: elsewhere, localpart: "mallory" });
		const create = mallory.roomId.replace("!", "$");
		const grab = mallory.forge({
			type: "m.room.power_levels",
			state_key: "",
			content: { users: { [mallory.userId]: 100 } },
		});
		const [levels, join] = mallory.authEvents;
		await square.changesNothing([
			grab,
			mallory.forge({ auth_events: [grab.eventId, join ?? ""] }),
			mallory.forge({ auth_events: other.authEvents }),
			mallory.forge({ auth_events: [] }),
			mallory.forge({ auth_events: [create, levels ?? "", join ?? ""] }),
			mallory.forge({ auth_events: [levels ?? "", levels ?? "", join ?? ""] }),
		]);
	});

	it("is dropped at every limit of form: 65,537 bytes, depths, floats, too many ancestors, ids that are too long", async () => {
		const { mallory } = square;
		const filler = "x".repeat(65_536);
		const ancestors = Array.from({ length: 21 }, (_, index) => `$${String(index).padStart(43, "a")}`);
		await square.changesNothing([
			mallory.forge({ content: { body: filler } }),
			mallory.forge({ depth: Number.MAX_SAFE_INTEGER - 1 + 1, prev_events: ancestors }),
			mallory.forge({ type: "t".repeat(256) }),
			mallory.forge({ state_key: "k".repeat(256) }),
			mallory.forge({ prev_events: ["$short"] }),
			{},
			{ room_id: mallory.roomId },
		]);
	});

	it("asks for its own missing ancestors without end in vain", async () => {
		const { peer } = setting;
		const { mallory } = square;
		peer.answer("/_matrix/federation/v1/get_missing_events/", (_asked, response) =>
			// Always one more that builds on something unknown.
			sendJson(response, 200, {
				events: [mallory.forge({ prev_events: [`$${randomUUID().replaceAll("-", "").padEnd(43, "b")}`] }).json],
			}),
		);
		const orphans = Array.from({ length: 5 }, (_, index) =>
			mallory.forge({ prev_events: [`$${String(index).padStart(43, "c")}`] }),
		);
		const before = await square.settled();
		await mallory.send(orphans);
		const requests = () => peer.seen.filter(({ uri }) => !uri.startsWith("/_matrix/key/")).length;
		await eventually(async () => expect(requests()).toBeGreaterThan(0));
		const after = await readStoredRoom(setting.kith, mallory.roomId);
		expect(after.state).toEqual(before.state);
		expect(requests()).toBeLessThan(200);
	});

	it("backdates nothing: what is built on the time before a ban is not shown", async () => {
		const { ada, mallory, roomId } = square;
		await ada.ban(roomId, mallory.userId);
		const before = await readStoredRoom(setting.kith, roomId);
		const late = mallory.forge({ origin_server_ts: Date.now() - 3_600_000 });
		await mallory.send([late]);
		await eventually(async () => expect(await waitingPdus(setting.kith, roomId)).toBe(0));
		const after = await readStoredRoom(setting.kith, roomId);
		expect(after.state).toEqual(before.state);
		expect(after.shown).toEqual(before.shown);
		expect(after.hidden).toContain(late.eventId);
	});

	it("lets nobody type, read or be there who is of another server", async () => {
		const { ada, roomId } = square;
		const { kith } = setting;
		await kith.sharePresence?.();
		const ben = await kith.register("ben");
		await ben.join(roomId);
		await ada.typing(roomId);
		const message = await ada.send(roomId, "Read?");
		const edus = [
			{ edu_type: "m.typing", content: { room_id: roomId, user_id: ben.userId, typing: true } },
			{ edu_type: "m.typing", content: { room_id: roomId, user_id: "@who:elsewhere.example", typing: true } },
			{
				edu_type: "m.receipt",
				content: { [roomId]: { "m.read": { [ben.userId]: { data: { ts: Date.now() }, event_ids: [message] } } } },
			},
		];
		const here = (userId: string) => ({ user_id: userId, presence: "online", last_active_ago: 1 });
		const presence = (...push: JsonObject[]) => ({ edu_type: "m.presence", content: { push } });
		expect((await square.mallory.send([], edus)).status).toBe(200);
		const crowd = Array.from({ length: 1_000 }, (_, at) => here(`@p${at}:${setting.peer.name}`));
		const flood = Array.from({ length: 100 }, () =>
			presence(here(ben.userId), here("@who:elsewhere.example"), ...crowd),
		);
		expect((await square.mallory.send([], flood)).status).toBe(200);
		// What is true comes through behind it, so the lies were looked at.
		await square.mallory.send(
			[],
			[
				{ edu_type: "m.typing", content: { room_id: roomId, user_id: square.mallory.userId, typing: true } },
				presence(here(square.mallory.userId)),
			],
		);
		await eventually(async () => expect(await ada.typing(roomId)).toEqual([square.mallory.userId]));
		expect(await ada.readUpTo(roomId, ben.userId)).not.toBe(message);
		await eventually(async () => expect(await ada.seesOnline(square.mallory.userId)).toBe(true));
		expect(await ada.seesOnline(ben.userId)).toBe(false);
	});
});
