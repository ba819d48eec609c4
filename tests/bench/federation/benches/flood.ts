import { setTimeout as delay } from "node:timers/promises";
import { type HostileGuest, joinAsGuest } from "../../../interop/hostile/hostile-guest.ts";
import { startHostilePeer } from "../../../interop/hostile/hostile-peer.ts";
import { waitingPdus } from "../../../interop/hostile/stored-room.ts";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { peakMemory } from "../../../server-process/peak-memory.ts";
import { atMost, type Figure, withoutTarget } from "../../figure.ts";
import type { FederationContext } from "../federation-context.ts";
import { makeRoom } from "../shared-room.ts";

const eventCount = 10_000;
const perTransaction = 50;
const mostGrowth = 2;
const mostMegabytes = 300;
const lookMs = 50;

/** Somebody says ten thousand things that all stand beside each other: the last must cost what the first did. */
export const benchFlood = async ({ trust, say }: FederationContext): Promise<readonly Figure[]> => {
	await using kiths = await startTestKiths(1, { roomVersion: "12", peers: trust });
	await using peer = await startHostilePeer(trust.tls);
	const [kith] = kiths.all;
	if (kith === undefined) throw new Error("a server was asked for");
	const owner = await kith.register("owner");
	const roomId = await makeRoom(owner);
	const guest = await joinAsGuest(kith, peer, { roomId, localpart: "mallory" });
	const memory = peakMemory(kith.pid);
	const rates: number[] = [];
	for (let part = 0; part < 4; part += 1) {
		const began = performance.now();
		const count = eventCount / 4;
		await pour(guest, count);
		while ((await waitingPdus(kith, roomId)) > 0) await delay(lookMs);
		rates.push((count / (performance.now() - began)) * 1000);
		say(`flood: ${rates.at(-1)?.toFixed(0)}/s with ${(part + 1) * count} ends`);
	}
	const grown = await memory.grownBy();
	const sendMs = await timeToSend(() => owner.send(roomId, "That was a lot"));
	const [first = Number.NaN, last = Number.NaN] = [rates[0], rates.at(-1)];
	return [
		withoutTarget({ id: "flood.rate", value: last, unit: "1/s", note: `${eventCount} ends` }),
		atMost(mostGrowth, { id: "flood.growth", value: first / last, unit: "×", note: "first over last quarter" }),
		atMost(mostMegabytes, { id: "flood.memory", value: grown / 1_048_576, unit: "MB" }),
		withoutTarget({ id: "flood.send", value: sendMs, unit: "ms", note: "a message on top of them" }),
	];
};

const pour = async ({ forge, send }: HostileGuest, count: number): Promise<void> => {
	for (let at = 0; at < count; at += perTransaction) {
		const events = Array.from({ length: perTransaction }, () => forge());
		while ((await send(events)).status === 429) await delay(1_000);
	}
};

/** Of the second one: the room is read before the first. */
const timeToSend = async (send: () => Promise<unknown>): Promise<number> => {
	await send();
	const began = performance.now();
	await send();
	return performance.now() - began;
};
