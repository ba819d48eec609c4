import { describe, expect, it } from "vitest";
import { eventually } from "./eventually.ts";
import { hasAll, writeMany } from "./outages.ts";
import { meet, sees } from "./scenario.ts";
import { startTestKiths } from "./test-kith.ts";

const many = 200;

/** Ada on a server that stays, Ben on one that goes and comes back. */
const begin = async () => {
	const kiths = await startTestKiths(2, { roomVersion: "12" });
	const [host, guest] = kiths.all;
	if (host === undefined || guest === undefined) throw new Error("two servers were asked for");
	return { ...(await meet({ host, guest, version: "12" })), guest, [Symbol.asyncDispose]: kiths[Symbol.asyncDispose] };
};

describe("a server that was away", { timeout: 300_000 }, () => {
	it("catches up by itself with everything that was said meanwhile, and is heard again", async () => {
		await using meeting = await begin();
		const { ada, ben, roomId, guest } = meeting;
		await guest.stop();
		const written = await writeMany(ada, roomId, many);
		await guest.restart();
		await hasAll(ben, roomId, written);
		const answer = await ben.send(roomId, "Back again");
		await sees(ada, roomId, { eventId: answer, body: "Back again" });
	});

	it("has every message once when it is killed in the middle of receiving, again and again", async () => {
		await using meeting = await begin();
		const { ada, ben, roomId, guest } = meeting;
		const writing = writeMany(ada, roomId, many);
		for (let kills = 0; kills < 3; kills += 1) {
			await eventually(async () => expect((await ben.messages(roomId)).length).toBeGreaterThan(kills * 10));
			await guest.kill();
			await guest.restart();
		}
		await hasAll(ben, roomId, await writing);
	});
});
