import { randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { Unanswered } from "../../src/client/crypto/worker/key-server.ts";
import { type Changes, type CoreDevice, type Cores, openCores } from "./open-cores.ts";
import { ann, bob, eve, verified } from "./open-host.ts";

type Visibility = "shared" | "joined" | "invited" | "world_readable";

/** A room that Ann made, and what is done in it the way that clients do it. */
const openRoom = async (anns: CoreDevice, inviteeIds: readonly UserId[] = []) => {
	const { roomId } = await anns.call.rooms.create({
		...{ transactionId: randomUUID(), kind: "group", name: "Harbour", encryption: true },
		inviteeIds: [...inviteeIds],
	});
	return roomId;
};

const readersOf = async ({ call }: CoreDevice, roomId: string, historyVisibility: Visibility): Promise<string[]> => {
	const { items } = await call.rooms.members({ roomId });
	const wanted = historyVisibility === "joined" ? ["join"] : ["join", "invite"];
	return items.filter(({ membership }) => wanted.includes(membership)).map(({ userId }) => userId);
};

const sayUnder = (historyVisibility: Visibility) => async (from: CoreDevice, roomId: string, body: string) => {
	const userIds = await readersOf(from, roomId, historyVisibility);
	const { content } = await from.encrypt({
		...{ roomId, type: "m.room.message", settings: { historyVisibility }, userIds },
		content: { msgtype: "m.text", body },
	});
	type Sealed = Parameters<typeof from.call.messages.sendEncrypted>[0]["content"];
	await from.call.messages.sendEncrypted({ roomId, transactionId: randomUUID(), content: content as Sealed });
};

const say = sayUnder("shared");

/** Whoever has no device is waited for: that time passes. */
const sayToAbsent = async (from: CoreDevice, roomId: string, body: string): Promise<void> => {
	let isSaid = false;
	const saying = say(from, roomId, body).then(() => {
		isSaid = true;
	});
	await vi.waitFor(
		async () => {
			await from.pass();
			expect(isSaid).toBe(true);
		},
		{ timeout: 10_000 },
	);
	await saying;
};

/** What a device reads of a room; where it cannot, why. */
const reads = async (device: CoreDevice, roomId: string): Promise<readonly unknown[]> => {
	const { items } = await device.call.messages.page({ roomId, direction: "backwards", limit: 100 });
	const events = items.filter(({ type }) => type === "m.room.encrypted").map((event) => ({ ...event, roomId }));
	const { results } = await device.decrypt({ events });
	return results.map((result) => (result.kind === "read" ? result.content["body"] : result.reason));
};

const take = async (test: Cores, ...devices: readonly CoreDevice[]): Promise<void> => {
	for (const device of devices) await device.receive({ isStart: true, news: await test.news(device.viewer) });
};

/** Waits for what the engines do by themselves. */
const eventually = async (test: Cores, devices: readonly CoreDevice[], check: () => Promise<void>): Promise<void> =>
	vi.waitFor(
		async () => {
			await take(test, ...devices);
			await check();
		},
		{ timeout: 10_000, interval: 100 },
	);

const invite = async (from: CoreDevice, roomId: string, userId: UserId): Promise<void> => {
	await from.call.rooms.invite({ roomId, userId });
	await from.shareHistory({ roomId, userIds: [userId] });
};

const accept = async (device: CoreDevice, roomId: string, inviterId: UserId = ann): Promise<void> => {
	await device.call.rooms.acceptInvite({ roomId });
	await device.expectHistory({ roomId, inviterId });
};

const open = async (changes: (server: CoreDevice["server"]) => Changes = () => ({})) => {
	const test = await openCores();
	const anns = await test.device(ann, "ANNS", changes);
	await verified(anns);
	return { test, anns, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
};

describe("the past of a room", { timeout: 60_000 }, () => {
	it("is read by somebody who is invited, as far as the room let newcomers read, and says of the rest why not", async () => {
		await using all = await open();
		const { test, anns } = all;
		const bobs = await test.device(bob, "BOBS");
		await verified(bobs);
		const roomId = await openRoom(anns);
		await say(anns, roomId, "for newcomers");
		await sayUnder("joined")(anns, roomId, "for those who are there");
		await sayUnder("invited")(anns, roomId, "for the invited");
		await sayUnder("world_readable")(anns, roomId, "for anybody");
		await invite(anns, roomId, bob);
		await accept(bobs, roomId);
		const expected = ["for newcomers", "withheld", "withheld", "for anybody"];
		await eventually(test, [anns, bobs], async () => expect(await reads(bobs, roomId)).toEqual(expected));
		await say(anns, roomId, "from now on");
		await eventually(test, [bobs], async () => expect(await reads(bobs, roomId)).toEqual([...expected, "from now on"]));
	});

	it("is read by somebody who had no device when the first messages were written to them", async () => {
		await using all = await open();
		const { test, anns } = all;
		const roomId = await openRoom(anns, [bob]);
		await anns.shareHistory({ roomId, userIds: [bob] });
		await sayToAbsent(anns, roomId, "are you there?");
		await say(anns, roomId, "write when you are");
		await take(test, anns);
		const bobs = await test.device(bob, "BOBS");
		await verified(bobs);
		await accept(bobs, roomId);
		const expected = ["are you there?", "write when you are"];
		await eventually(test, [anns, bobs], async () => expect(await reads(bobs, roomId)).toEqual(expected));
	});

	it("is read though its keys came before it was known whose devices wrote it", async () => {
		await using all = await open();
		const { test, anns } = all;
		const [eves, bobs] = [await test.device(eve, "EVES"), await test.device(bob, "BOBS")];
		await Promise.all([verified(eves), verified(bobs)]);
		const roomId = await openRoom(anns, [eve]);
		await eves.call.rooms.acceptInvite({ roomId });
		await say(eves, roomId, "I bring the rope");
		await eventually(test, [anns], async () => expect(await reads(anns, roomId)).toEqual(["I bring the rope"]));
		await invite(anns, roomId, bob);
		await accept(bobs, roomId);
		// The keys are here, and of whoever wrote nothing was asked yet.
		await eventually(test, [anns, bobs], async () =>
			expect(bobs.news).toContainEqual(expect.objectContaining({ kind: "roomKeys" })),
		);
		expect((await bobs.devicesOf({ userId: eve })).devices).toEqual([]);
		for (const _ of ["at first", "with what was heard since"]) {
			expect(await reads(bobs, roomId)).toEqual(["I bring the rope"]);
		}
		// Such a key is bound to nobody by itself: a server that names another sender is not believed.
		const { items } = await bobs.call.messages.page({ roomId, direction: "backwards", limit: 100 });
		const [event] = items.filter(({ type }) => type === "m.room.encrypted");
		if (event === undefined) throw new Error("one was said");
		const { results } = await bobs.decrypt({ events: [{ ...event, roomId, sender: ann }] });
		expect(results).toMatchObject([{ kind: "unreadable", reason: "sender-mismatch" }]);
	});

	it("is read on the device that somebody comes in with, though they had another one when they were invited", async () => {
		await using all = await open();
		const { test, anns } = all;
		const old = await test.device(bob, "OLD");
		await verified(old);
		const roomId = await openRoom(anns);
		await say(anns, roomId, "the beginning");
		await invite(anns, roomId, bob);
		await eventually(test, [old], async () => expect(anns.files.length).toBe(1));
		const { masterKey, self_signing_key, userSigningKey } = (await old.machine.exportCrossSigningKeys()) ?? {};
		const bobs = await test.device(bob, "NEW");
		await vi.waitFor(async () => expect((await bobs.status({})).identity).toBe("unverified"));
		await bobs.machine.importCrossSigningKeys(masterKey, self_signing_key, userSigningKey);
		const own = await bobs.machine.getDevice(bobs.machine.userId, bobs.machine.deviceId);
		await bobs.server.uploadSignatures(JSON.parse((await own?.verify())?.body ?? "{}"));
		await accept(bobs, roomId);
		await eventually(test, [anns, bobs], async () => expect(await reads(bobs, roomId)).toEqual(["the beginning"]));
	});

	it("is handed over later where the server was away", async () => {
		let isAway = true;
		await using all = await open((server) => ({
			putFile: async (bytes) => {
				if (isAway) throw new Unanswered("away");
				return server.putFile(bytes);
			},
		}));
		const { test, anns } = all;
		const bobs = await test.device(bob, "BOBS");
		await verified(bobs);
		const roomId = await openRoom(anns);
		await say(anns, roomId, "the beginning");
		await invite(anns, roomId, bob);
		await accept(bobs, roomId);
		await take(test, anns, bobs);
		expect(await reads(bobs, roomId)).toEqual(["no-key"]);
		isAway = false;
		await eventually(test, [bobs], async () => {
			await anns.pass();
			expect(await reads(bobs, roomId)).toEqual(["the beginning"]);
		});
	});

	it("is handed over by an engine that finds in its memory whom the one before it owed it to", async () => {
		await using all = await open();
		const { test, anns } = all;
		const bobs = await test.device(bob, "BOBS");
		await verified(bobs);
		const roomId = await openRoom(anns);
		await say(anns, roomId, "the beginning");
		await anns.call.rooms.invite({ roomId, userId: bob });
		await accept(bobs, roomId);
		await anns.memory.putDebt({ roomId, userId: bob, deviceIds: [] });
		await anns.pass();
		await eventually(test, [bobs], async () => expect(await reads(bobs, roomId)).toEqual(["the beginning"]));
		await vi.waitFor(async () => expect(await anns.memory.debts()).toEqual([]));
	});

	it("goes to nobody who is not in the room any more, nor to a device that its person does not vouch for", async () => {
		await using all = await open();
		const { test, anns } = all;
		const roomId = await openRoom(anns, [bob, eve]);
		await anns.shareHistory({ roomId, userIds: [bob, eve] });
		await sayToAbsent(anns, roomId, "the beginning");
		await anns.call.rooms.kick({ roomId, userId: bob });
		const bobs = await test.device(bob, "BOBS");
		await verified(bobs);
		const eves = await test.device(eve, "EVES", () => ({
			// Her identity never reaches the server: nobody vouches for the device.
			uploadSigningKeys: async () => {
				throw new Unanswered("held up");
			},
		}));
		await eves.call.rooms.acceptInvite({ roomId });
		await take(test, anns, bobs, eves);
		await anns.pass();
		await take(test, anns, bobs, eves);
		expect(anns.files).toEqual([]);
		expect(await reads(eves, roomId)).toEqual(["no-key"]);
		await vi.waitFor(async () => expect(await anns.memory.debts()).toMatchObject([{ userId: eve }]));
	});

	it("goes to nobody whom the person of this device did not invite, whoever the server says is there", async () => {
		await using all = await open();
		const { test, anns } = all;
		const [bobs, eves] = [await test.device(bob, "BOBS"), await test.device(eve, "EVES")];
		await Promise.all([verified(bobs), verified(eves)]);
		const roomId = await openRoom(anns, [bob]);
		await accept(bobs, roomId);
		await say(anns, roomId, "the beginning");
		await take(test, bobs);
		// Nobody asked Ann's or Bob's device for it: as a server that writes a membership by itself.
		await bobs.call.rooms.invite({ roomId, userId: eve });
		await accept(eves, roomId, bob);
		await take(test, anns, bobs, eves);
		await Promise.all([anns.pass(), bobs.pass()]);
		await take(test, anns, bobs, eves);
		expect([...anns.files, ...bobs.files]).toEqual([]);
		expect(await reads(eves, roomId)).toEqual(["no-key"]);
		// From now on she is one of those whom everybody's list shows, and reads.
		await say(anns, roomId, "and on");
		await eventually(test, [eves], async () =>
			expect(await reads(eves, roomId)).toEqual(["key-begins-later", "and on"]),
		);
	});

	it("is taken from nobody but the inviter, and not where it was altered on its way", async () => {
		await using all = await open((server) => ({
			putFile: (bytes) => server.putFile(bytes.map((byte, at) => (at === 5 ? byte ^ 1 : byte))),
		}));
		const { test, anns } = all;
		const [bobs, eves] = [await test.device(bob, "BOBS"), await test.device(eve, "EVES")];
		await Promise.all([verified(bobs), verified(eves)]);
		const roomId = await openRoom(anns, [eve]);
		await accept(eves, roomId);
		await say(anns, roomId, "the beginning");
		await take(test, eves);
		expect(await reads(eves, roomId)).toEqual(["the beginning"]);
		await invite(anns, roomId, bob);
		await accept(bobs, roomId);
		// Eve has the key and hands it on without having invited him.
		await eves.shareHistory({ roomId, userIds: [bob] });
		await eventually(test, [], async () => expect([anns.files.length, eves.files.length]).toEqual([1, 1]));
		const received = vi.spyOn(bobs.machine, "receiveRoomKeyBundle");
		await eventually(test, [bobs], async () => expect(received).toHaveBeenCalled());
		expect(received.mock.settledResults[0]?.type).toBe("rejected");
		await take(test, bobs);
		expect(received.mock.calls.length).toBeLessThan(5);
		expect(await reads(bobs, roomId)).toEqual(["no-key"]);
	});
});
