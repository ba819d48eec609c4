import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { bodiesOf, createTestTimeline, type TestTimeline } from "../../../tests/setup/test-timeline.ts";

let kith: TestTimeline;
let alice: UserId;

beforeAll(async () => {
	kith = await createTestTimeline();
	alice = await kith.addPerson("alice");
});
afterAll(() => kith[Symbol.asyncDispose]());

const person = (name: string): Promise<UserId> => kith.addPerson(`${name}-${kith.transactionId()}`);

const read = async (viewerId: UserId, roomId: RoomId) =>
	bodiesOf((await kith.timeline.page(viewerId, { roomId, direction: "backwards", limit: 200 })).items);

/** One message before each step of a stay: invited, joined, left. */
const stay = async (historyVisibility: string) => {
	const guest = await person("guest");
	const roomId = await kith.makeRoom([alice]);
	await kith.rooms.setHistoryVisibility({ userId: alice, roomId, historyVisibility });
	await kith.say(alice, roomId, "alone");
	await kith.rooms.invite({ userId: alice, roomId, targetId: guest });
	await kith.say(alice, roomId, "invited");
	const whileInvited = await read(guest, roomId);
	await kith.rooms.join({ userId: guest, room: roomId });
	await kith.say(alice, roomId, "joined");
	await kith.rooms.kick({ userId: alice, roomId, targetId: guest });
	await kith.say(alice, roomId, "gone");
	return { guest, roomId, whileInvited, afterwards: await read(guest, roomId) };
};

describe("history visibility", () => {
	it.each([
		["world_readable", ["alone", "invited"], ["alone", "invited", "joined", "gone"]],
		["shared", [], ["alone", "invited", "joined"]],
		["invited", ["invited"], ["invited", "joined"]],
		["joined", [], ["joined"]],
	])("%s shows the invited %j and who was removed %j", async (setting, whileInvited, afterwards) => {
		const seen = await stay(setting);
		expect([seen.whileInvited, seen.afterwards]).toEqual([whileInvited, afterwards]);
	});

	it("opens the time in between to who comes back where it is shared, and keeps it shut where it is joined", async () => {
		for (const [setting, expected] of [
			["shared", ["alone", "invited", "joined", "gone", "back"]],
			["joined", ["joined", "back"]],
		] as const) {
			const { guest, roomId } = await stay(setting);
			await kith.rooms.invite({ userId: alice, roomId, targetId: guest });
			await kith.rooms.join({ userId: guest, room: roomId });
			await kith.say(alice, roomId, "back");
			expect(await read(guest, roomId)).toEqual(expected);
		}
	});

	it("lets anybody look into what is world readable, and only into that", async () => {
		const stranger = await person("stranger");
		const roomId = await kith.makeRoom([alice]);
		await kith.say(alice, roomId, "private");
		await kith.rooms.setHistoryVisibility({ userId: alice, roomId, historyVisibility: "world_readable" });
		await kith.say(alice, roomId, "public");
		await kith.rooms.setHistoryVisibility({ userId: alice, roomId, historyVisibility: "shared" });
		await kith.say(alice, roomId, "private again");
		expect(await read(stranger, roomId)).toEqual(["public"]);
	});

	it("does not show who left the edits and reactions that came later", async () => {
		const guest = await person("guest");
		const roomId = await kith.makeRoom([alice, guest]);
		const [target] = (await kith.say(alice, roomId, "as seen")) as [EventId];
		await kith.rooms.leave({ userId: guest, roomId });
		const write = { roomId, userId: alice, targetEventId: target };
		await kith.messages.edit({ ...write, transactionId: "e", body: "behind the back" });
		await kith.messages.react({ ...write, transactionId: "r", key: "x" });
		const page = await kith.timeline.page(guest, { roomId, direction: "backwards", limit: 2 });
		expect(page.items.map(({ type }) => type)).toEqual(["m.room.message", "m.room.member"]);
		expect(page.items[0]).toMatchObject({ content: { body: "as seen" } });
		expect([page.items[0]?.editedTs, page.items[0]?.reactions]).toEqual([undefined, undefined]);
		expect(bodiesOf((await kith.timeline.page(alice, { roomId, direction: "backwards", limit: 5 })).items)).toEqual([
			"behind the back",
		]);
	});

	it("leaves nothing of a forgotten room, and finds no event that is hidden", async () => {
		const { guest, roomId } = await stay("joined");
		const hidden = await kith.timeline.page(alice, { roomId, direction: "backwards", limit: 1 });
		const eventId = hidden.items[0]?.eventId as EventId;
		const around = kith.timeline.around(guest, { roomId, eventId, limit: 5 });
		await expect(around).rejects.toMatchObject({ code: "not-found" });
		await kith.rooms.forget({ userId: guest, roomId });
		await expect(read(guest, roomId)).rejects.toMatchObject({ code: "not-found" });
	});

	it("pages through many stays without missing or repeating anything", async () => {
		const guest = await person("guest");
		const roomId = await kith.makeRoom([alice]);
		await kith.rooms.setHistoryVisibility({ userId: alice, roomId, historyVisibility: "joined" });
		const expected: string[] = [];
		for (let round = 0; round < 20; round += 1) {
			await kith.say(alice, roomId, `out ${round}`);
			await kith.rooms.invite({ userId: alice, roomId, targetId: guest });
			await kith.rooms.join({ userId: guest, room: roomId });
			expected.push(...(await kith.say(alice, roomId, `in ${round}`)).map(() => `in ${round}`));
			await kith.rooms.leave({ userId: guest, roomId });
		}
		for (const direction of ["backwards", "forwards"] as const) {
			const seen: string[] = [];
			let cursor: string | undefined;
			do {
				const page = await kith.timeline.page(guest, { roomId, direction, cursor, limit: 40 });
				if (direction === "backwards") seen.unshift(...bodiesOf(page.items));
				else seen.push(...bodiesOf(page.items));
				cursor = page.nextCursor;
			} while (cursor !== undefined);
			expect(seen).toEqual(expected);
		}
	});
});
