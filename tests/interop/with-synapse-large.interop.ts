import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addPeople } from "../server-process/add-people.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { eventually } from "./eventually.ts";
import type { Person } from "./homeserver.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { openPeers } from "./peers.ts";
import { sees } from "./scenario.ts";
import { startTestKiths, type TestKiths } from "./test-kith.ts";

const memberCount = 2_000;
const lanes = 8;
const peers = await openPeers();

/** Two rooms of two thousand people: made once for these tests, most of the people are of one Kith in both. */
describe("version 12", { timeout: 600_000 }, () => {
	let kiths: TestKiths;
	let crowd: KithHomeserver;
	let newcomer: KithHomeserver;
	let ofKith: { readonly roomId: string; readonly owner: Person };
	let ofSynapse: { readonly roomId: string; readonly owner: Person };
	const [north, south] = peers.synapses;
	if (north === undefined || south === undefined) throw new Error("two Synapses are needed");

	beforeAll(async () => {
		kiths = await startTestKiths(2, { roomVersion: "12", peers });
		const [first, second] = kiths.all;
		if (first === undefined || second === undefined) throw new Error("two Kiths were asked for");
		[crowd, newcomer] = [first, second];
		const make = async (owner: Person, name: string) => {
			const aliasLocalpart = `large-${name}-${Math.random().toString(36).slice(2)}`;
			return { owner, roomId: await owner.createRoom({ version: "12", name: "Stadium", aliasLocalpart }) };
		};
		ofKith = await make(await crowd.register("owner"), "kith");
		ofSynapse = await make(await north.register("owner"), "synapse");
		const names = Array.from({ length: memberCount - 2 }, (_, index) => `member${index}`);
		const people = await addPeople(crowd.dataFolder, names, { isSecure: true });
		const [opener] = [await crowd.register("opener")];
		await opener.join(ofSynapse.roomId, [north.name]);
		await opener.join(ofKith.roomId);
		const rest = people.values();
		const lane = async (): Promise<void> => {
			for (const { cookie } of rest) {
				const caller = createHttpCaller(`https://localhost:${crowd.name.replace(/^.*:/, "")}`, cookie, crowd.ca);
				for (const room of [ofKith.roomId, ofSynapse.roomId]) await caller.mutate("rooms.join", { room });
				caller.close();
			}
		};
		await Promise.all(Array.from({ length: lanes }, lane));
		await eventually(async () => expect(await joinedIn(ofSynapse.owner, ofSynapse.roomId)).toBe(memberCount), 500);
	}, 900_000);
	afterAll(() => kiths?.[Symbol.asyncDispose]());

	const joinedIn = async (person: Person, roomId: string): Promise<number> =>
		[...(await person.members(roomId)).values()].filter((membership) => membership === "join").length;
	const joins = async (guest: Person, room: { readonly roomId: string; readonly owner: Person }, via: string) => {
		await guest.join(room.roomId, [via]);
		const eventId = await guest.send(room.roomId, "Among thousands");
		await sees(room.owner, room.roomId, { eventId, body: "Among thousands" });
		await eventually(async () => expect(await joinedIn(guest, room.roomId)).toBeGreaterThan(memberCount), 300);
		const answer = await room.owner.send(room.roomId, "Welcome");
		await sees(guest, room.roomId, { eventId: answer, body: "Welcome" });
	};

	it("somebody of Kith joins a room of 2,000 members, in a room of Synapse", async () => {
		await joins(await newcomer.register("guest"), ofSynapse, north.name);
	});

	it("somebody of Synapse joins a room of 2,000 members, in a room of Kith", async () => {
		await joins(await south.register("guest"), ofKith, crowd.name);
	});
});
