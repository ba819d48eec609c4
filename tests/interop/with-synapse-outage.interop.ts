import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { eventually } from "./eventually.ts";
import { hasAll, writeMany } from "./outages.ts";
import { openPeers } from "./peers.ts";
import { meet, sees } from "./scenario.ts";
import { startTestKiths } from "./test-kith.ts";

const many = 200;
const peers = await openPeers();

/** Stops and starts the first Synapse, by the command that `KITH_PEER_SYNAPSE_CONTROL` holds. */
const control = async (verb: "stop" | "start"): Promise<void> => {
	const [program = "", ...args] = (process.env["KITH_PEER_SYNAPSE_CONTROL"] ?? "").split(" ");
	if (program === "") throw new Error("KITH_PEER_SYNAPSE_CONTROL is not set");
	await promisify(execFile)(program, [...args, verb, "--server", "0"]);
};

const begin = async () => {
	const kiths = await startTestKiths(1, { roomVersion: "12", peers });
	const [kith] = kiths.all;
	const [synapse] = peers.synapses;
	if (kith === undefined || synapse === undefined) throw new Error("a Kith and a Synapse are needed");
	return { kith, synapse, [Symbol.asyncDispose]: kiths[Symbol.asyncDispose] };
};

describe("version 12", { timeout: 300_000 }, () => {
	it("Synapse was down for 200 messages, and has them all", async () => {
		await using pair = await begin();
		const { ada, ben, roomId } = await meet({ host: pair.kith, guest: pair.synapse, version: "12" });
		await control("stop");
		const written = await writeMany(ada, roomId, many);
		await control("start");
		await hasAll(ben, roomId, written);
		const answer = await ben.send(roomId, "Back again");
		await sees(ada, roomId, { eventId: answer, body: "Back again" });
	});

	it("Kith was killed in the middle of receiving 200 messages of Synapse, and has them all once", async () => {
		await using pair = await begin();
		const { ada, ben, roomId } = await meet({ host: pair.synapse, guest: pair.kith, version: "12" });
		const writing = writeMany(ada, roomId, many);
		for (let kills = 0; kills < 3; kills += 1) {
			await eventually(async () => expect((await ben.messages(roomId)).length).toBeGreaterThan(kills * 10));
			await pair.kith.kill();
			await pair.kith.restart();
		}
		await hasAll(ben, roomId, await writing);
	});
});
