import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Crowd, joinedIn, type LargeRoom, openCrowd } from "./crowd.ts";
import { eventually } from "./eventually.ts";
import type { Person } from "./homeserver.ts";
import { openPeers } from "./peers.ts";
import { sees } from "./scenario.ts";
import { startTestKiths, type TestKiths } from "./test-kith.ts";

const peers = await openPeers();

/** Two rooms of two thousand people, made once and kept; most of the people are of one Kith in both. */
describe("version 12", { timeout: 600_000 }, () => {
	let crowd: Crowd;
	let kiths: TestKiths;
	const [north, south] = peers.synapses;
	if (north === undefined || south === undefined) throw new Error("two Synapses are needed");

	beforeAll(async () => {
		crowd = await openCrowd(peers);
		kiths = await startTestKiths(1, { roomVersion: "12", peers });
	}, 900_000);
	afterAll(async () => {
		await kiths?.[Symbol.asyncDispose]();
		await crowd?.[Symbol.asyncDispose]();
	});

	const joins = async (guest: Person, room: LargeRoom, via: string) => {
		const before = await joinedIn(room);
		await guest.join(room.roomId, [via]);
		const eventId = await guest.send(room.roomId, "Among thousands");
		await sees(room.owner, room.roomId, { eventId, body: "Among thousands" });
		const seen = { roomId: room.roomId, owner: guest };
		await eventually(async () => expect(await joinedIn(seen)).toBe(before + 1), 300);
		const answer = await room.owner.send(room.roomId, "Welcome");
		await sees(guest, room.roomId, { eventId: answer, body: "Welcome" });
		// The room is kept.
		await guest.leave(room.roomId);
	};

	it("somebody of Kith joins a room of 2,000 members, in a room of Synapse", async () => {
		const [newcomer] = kiths.all;
		if (newcomer === undefined) throw new Error("a Kith was asked for");
		await joins(await newcomer.register("guest"), crowd.ofSynapse, north.name);
	});

	it("somebody of Synapse joins a room of 2,000 members, in a room of Kith", async () => {
		await joins(await south.register("guest"), crowd.ofKith, crowd.kith.name);
	});
});
