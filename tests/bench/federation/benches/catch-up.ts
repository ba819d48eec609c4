import { setTimeout as delay } from "node:timers/promises";
import type { KithHomeserver } from "../../../interop/kith/kith-homeserver.ts";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { openServerDatabase } from "../../../server-process/server-database.ts";
import { atLeast, atMost, type Figure } from "../../figure.ts";
import { messageBody } from "../../message.ts";
import { residentMegabytes } from "../../process-costs.ts";
import { inParallel, median, range } from "../../statistics.ts";
import type { FederationContext } from "../federation-context.ts";
import { joinFromAfar, makeRoom } from "../shared-room.ts";

const roomCount = 50;
const eventCount = 10_000;
const writerCount = 16;
const runCount = 3;
const leastRate = 1000;
const mostMegabytes = 150;
const lookMs = 100;

/** A server comes back to ten thousand events in fifty rooms. */
export const benchCatchUp = async ({ trust, say }: FederationContext): Promise<readonly Figure[]> => {
	await using kiths = await startTestKiths(2, { roomVersion: "12", peers: trust });
	const [host, guest] = kiths.all;
	if (host === undefined || guest === undefined) throw new Error("two servers were asked for");
	const [owner, reader] = [await host.register("owner"), await guest.register("reader")];
	const rooms = await inParallel(range(roomCount), 4, async () => {
		const id = await makeRoom(owner);
		await joinFromAfar(owner, reader, { id, via: host });
		return id;
	});
	const rates: number[] = [];
	const growths: number[] = [];
	for (let run = 0; run < runCount; run += 1) {
		const idle = await residentMegabytes(guest.pid);
		const before = await countMessages(guest);
		await guest.stop();
		await inParallel(range(eventCount), writerCount, (index) =>
			owner.send(rooms[index % roomCount] ?? "", messageBody),
		);
		await guest.restart();
		const { rate, most } = await watch(guest, before);
		rates.push(rate);
		growths.push(Math.max(0, most - idle));
		say(`catchup: ${rate.toFixed(0)}/s, ${growths.at(-1)?.toFixed(0)} MB above idle`);
	}
	return [
		atLeast(leastRate, { id: "catchup.rate", value: median(rates), unit: "1/s" }),
		atMost(mostMegabytes, { id: "catchup.memory", value: median(growths), unit: "MB" }),
	];
};

/** From the first event that is there until the last one is. */
const watch = async (
	guest: KithHomeserver,
	before: number,
): Promise<{ readonly rate: number; readonly most: number }> => {
	let most = 0;
	let first: { readonly at: number; readonly count: number } | undefined;
	for (;;) {
		const count = (await countMessages(guest)) - before;
		most = Math.max(most, await residentMegabytes(guest.pid));
		if (first === undefined && count > 0) first = { at: performance.now(), count };
		if (first !== undefined && count >= eventCount) {
			return { rate: ((count - first.count) / (performance.now() - first.at)) * 1000, most };
		}
		await delay(lookMs);
	}
};

const countMessages = async ({ dataFolder }: KithHomeserver): Promise<number> => {
	await using client = await openServerDatabase(dataFolder);
	const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM events WHERE type = 'm.room.message'");
	return Number(rows[0]?.count ?? 0);
};
