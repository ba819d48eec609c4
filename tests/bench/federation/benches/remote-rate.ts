import { setTimeout as delay } from "node:timers/promises";
import type { Homeserver, Person } from "../../../interop/homeserver.ts";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { runCount } from "../../bench-context.ts";
import { atLeast, type Figure, withoutTarget } from "../../figure.ts";
import { messageBody } from "../../message.ts";
import { inParallel, median, range } from "../../statistics.ts";
import type { FederationContext } from "../federation-context.ts";
import { joinFromAfar, makeRoom } from "../shared-room.ts";

const roomCount = 50;
const writerCount = 16;
const warmUpMs = 2000;
const measuredMs = 5000;
const leastRatio = 15;

/** Two servers that share fifty rooms. */
interface Shared {
	readonly writers: readonly Person[];
	readonly rooms: readonly string[];
	/** How many of the writers' messages a client of the other server has. */
	delivered(): number;
	stop(): void;
}

/** Messages that arrive at a client of the other server in a second, while 16 writers send as fast as they are answered. */
export const benchRemoteRate = async ({ trust, synapses, say }: FederationContext): Promise<readonly Figure[]> => {
	await using kiths = await startTestKiths(2, { roomVersion: "12", peers: trust });
	const [one, other] = kiths.all;
	if (one === undefined || other === undefined) throw new Error("two servers were asked for");
	say("remote.rate: making rooms");
	const ours = await prepare(one, other);
	const theirs = synapses === undefined ? undefined : await prepare(...synapses);
	const rates = { ours: [] as number[], theirs: [] as number[] };
	for (let run = 0; run < runCount; run += 1) {
		rates.ours.push(await measure(ours));
		if (theirs !== undefined) rates.theirs.push(await measure(theirs));
		say(`remote.rate: ${rates.ours.at(-1)?.toFixed(0)}/s, Synapse ${rates.theirs.at(-1)?.toFixed(1) ?? "-"}/s`);
	}
	ours.stop();
	theirs?.stop();
	const figure = withoutTarget({ id: "remote.rate", value: median(rates.ours), unit: "1/s" });
	if (theirs === undefined) return [figure];
	const peer = median(rates.theirs);
	return [
		figure,
		withoutTarget({ id: "remote.rate.peer", value: peer, unit: "1/s", note: "Synapse" }),
		atLeast(leastRatio, { id: "remote.rate.ratio", value: median(rates.ours) / peer, unit: "×", note: "over Synapse" }),
	];
};

const measure = async ({ writers, rooms, delivered }: Shared): Promise<number> => {
	let isOver = false;
	const loops = writers.map(async (writer, index) => {
		for (let turn = index * 3; !isOver; turn += 1) {
			await writer.send(rooms[turn % rooms.length] ?? "", `${messageBody} <${writer.userId}/${performance.now()}>`);
		}
	});
	await delay(warmUpMs);
	const [before, startMs] = [delivered(), performance.now()];
	await delay(measuredMs);
	const rate = ((delivered() - before) / (performance.now() - startMs)) * 1000;
	isOver = true;
	await Promise.all(loops);
	return rate;
};

const prepare = async (one: Homeserver, other: Homeserver): Promise<Shared> => {
	const writers = await inParallel(range(writerCount), 4, (index) => one.register(`writer${index}`));
	const reader = await other.register("reader");
	const [owner, ...others] = writers;
	if (owner === undefined) throw new Error("writers were asked for");
	const rooms = await inParallel(range(roomCount), 2, async () => {
		const id = await makeRoom(owner);
		for (const writer of others) await writer.join(id);
		await joinFromAfar(owner, reader, { id, via: one });
		return id;
	});
	const seen = new Set<string>();
	const stop = await reader.listen((text) => {
		for (const [marker] of text.matchAll(/<@writer[^>]+>/g)) seen.add(marker);
	});
	return { writers, rooms, delivered: () => seen.size, stop };
};
