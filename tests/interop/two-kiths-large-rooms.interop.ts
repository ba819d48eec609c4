import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { addPeople } from "../server-process/add-people.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { eventually } from "./eventually.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { startTestKiths } from "./test-kith.ts";

const crowd = 600;

/** A room of many on the first of two servers. */
const begin = async () => {
	const kiths = await startTestKiths(2, { roomVersion: "12" });
	const [host, guest] = kiths.all;
	if (host === undefined || guest === undefined) throw new Error("two servers were asked for");
	const ada = await host.register("ada");
	const roomId = await ada.createRoom({ version: "12", name: "Square", aliasLocalpart: "square" });
	await fill(host, roomId);
	return { host, guest, ada, roomId, [Symbol.asyncDispose]: kiths[Symbol.asyncDispose] };
};

const fill = async (host: KithHomeserver, roomId: string): Promise<void> => {
	const names = Array.from({ length: crowd }, (_, at) => `member${at}`);
	const people = await addPeople(host.dataFolder, names, { isSecure: true });
	for (let at = 0; at < people.length; at += 10) {
		await Promise.all(
			people.slice(at, at + 10).map(async ({ cookie }) => {
				const caller = createHttpCaller(`https://${host.name}`, cookie, host.ca);
				await caller.mutate("rooms.join", { room: roomId });
				caller.close();
			}),
		);
	}
};

describe("a large room of another server", { timeout: 300_000 }, () => {
	it("is used at once and whole soon after, also when the server is killed in the middle, again and again", async () => {
		await using meeting = await begin();
		const { host, guest, ada, roomId } = meeting;
		const ben = await guest.register("ben");
		await ben.join(roomId, [host.name]);
		const first = await ben.send(roomId, "I am in");
		for (let kills = 0; kills < 3; kills += 1) {
			await guest.kill();
			await guest.restart();
		}
		const second = await ben.send(roomId, "Still here");
		await eventually(async () => expect((await ben.members(roomId)).size).toBe(crowd + 2), 60);
		expect(await ben.members(roomId)).toEqual(await ada.members(roomId));
		await eventually(async () => {
			const seen = (await ada.messages(roomId)).map(({ eventId }) => eventId);
			expect(seen).toEqual([first, second]);
		}, 60);
		const answer = await ada.send(roomId, "Welcome");
		await eventually(async () => {
			expect((await ben.messages(roomId)).map(({ eventId }) => eventId)).toEqual([first, second, answer]);
		}, 60);
	});
});

describe("an answer of many megabytes", { timeout: 300_000 }, () => {
	it("is read and checked in a heap that it does not fit into", async () => {
		const args = ["--max-old-space-size=96", "--import", "tsx", "tests/interop/read-long-answer.ts", "60"];
		const { stdout } = await promisify(execFile)(process.execPath, args);
		const { events, peakMegabytes } = JSON.parse(stdout);
		expect(events).toBeGreaterThan(40_000);
		expect(peakMegabytes).toBeLessThan(320);
	});

	it("is stored in a heap that it does not fit into, where it is the state before an old event", async () => {
		const args = ["--max-old-space-size=96", "--import", "tsx", "tests/interop/bring-long-state.ts", "60"];
		const { stdout } = await promisify(execFile)(process.execPath, args);
		const { received, events, inState, peakMegabytes } = JSON.parse(stdout);
		expect({ received, inState }).toEqual({ received: "stored", inState: events });
		expect(events).toBeGreaterThan(40_000);
		expect(peakMegabytes).toBeLessThan(320);
	});
});
