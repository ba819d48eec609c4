import { setTimeout as delay } from "node:timers/promises";
import { startTestKiths } from "../../../interop/test-kith.ts";
import { atMost, type Figure } from "../../figure.ts";
import { messageBody } from "../../message.ts";
import { coreSeconds, residentMegabytes } from "../../process-costs.ts";
import { inParallel, range } from "../../statistics.ts";
import type { FederationContext } from "../federation-context.ts";
import { makeRoom } from "../shared-room.ts";
import { addMembers, startDestinations } from "../simulated-destinations.ts";

const destinationCount = 1_000;
const roomCount = 100;
/** Each room has a message a minute, and so has each destination. */
const minuteMs = 60_000;
const warmUpMinutes = 1;
const measuredMinutes = 2;
const idleMs = 10_000;
const mostShare = 25;
const mostMegabytes = 100;

/** A thousand servers in a hundred rooms, each of which gets an event a minute. */
export const benchManyDestinations = async ({ trust, say }: FederationContext): Promise<readonly Figure[]> => {
	await using kiths = await startTestKiths(1, { roomVersion: "12", peers: trust });
	const [kith] = kiths.all;
	if (kith === undefined) throw new Error("a server was asked for");
	await using destinations = await startDestinations(destinationCount, trust);
	let arrived = 0;
	destinations.onTransaction = () => {
		arrived += 1;
	};
	const owner = await kith.register("owner");
	say(`destinations: making ${roomCount} rooms`);
	const perRoom = destinationCount / roomCount;
	const rooms = await inParallel(range(roomCount), 4, async (index) => {
		const id = await makeRoom(owner);
		await addMembers(kith.dataFolder, id, destinations.names.slice(index * perRoom, (index + 1) * perRoom));
		return id;
	});
	await kith.stop();
	await kith.restart();
	await owner.details(rooms[0] ?? "");
	await delay(idleMs);
	const idle = await residentMegabytes(kith.pid);
	const live = async (minutes: number): Promise<number> => {
		let most = 0;
		const startMs = performance.now();
		for (let turn = 0; turn < minutes * roomCount; turn += 1) {
			await owner.send(rooms[turn % roomCount] ?? "", messageBody);
			most = Math.max(most, await residentMegabytes(kith.pid));
			await delay(Math.max(0, startMs + ((turn + 1) * minuteMs) / roomCount - performance.now()));
		}
		return most;
	};
	const warm = await live(warmUpMinutes);
	const [before, beforeMs, beforeCount] = [await coreSeconds(kith.pid), performance.now(), arrived];
	const most = Math.max(warm, await live(measuredMinutes));
	const share = (100_000 * ((await coreSeconds(kith.pid)) - before)) / (performance.now() - beforeMs);
	const rate = ((arrived - beforeCount) * 1_000) / (performance.now() - beforeMs);
	say(
		`destinations: ${rate.toFixed(1)} transactions/s, ${share.toFixed(1)} % of a core, ${(most - idle).toFixed(0)} MB above ${idle.toFixed(0)}`,
	);
	if (arrived < (destinationCount * (warmUpMinutes + measuredMinutes)) / 2) throw new Error("too little arrived");
	return [
		atMost(mostShare, { id: "destinations.cpu", value: share, unit: "%" }),
		atMost(mostMegabytes, { id: "destinations.memory", value: most - idle, unit: "MB" }),
	];
};
