import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "../../../server-process/start-server-process.ts";
import { runCount } from "../../bench-context.ts";
import { startBenchServer } from "../../bench-server.ts";
import { atMost, withoutTarget } from "../../figure.ts";
import { readMetrics } from "../../server-metrics.ts";
import { median, range } from "../../statistics.ts";
import type { ClientBench } from "../client-bench.ts";
import { type CrowdedRoom, converse, countAstray, gatherCrowd } from "../crowd.ts";

const socketCount = 2000;
const roomSize = 20;
const conversing = { durationMs: 20_000, messagesPerSecond: 20 };
const longestDelayMs = 50;
/** After this a message is lost. */
const lastArrivalsMs = 5000;
/** What follows the start of two thousand sockets is not what is measured. */
const settleMs = 5000;

interface Run {
	readonly loop: number;
	readonly lost: number;
	readonly dropped: number;
}

/**
 * 2,000 sockets, 200 people writing and reading, while messages are sent in all rooms: by how much the server's event loop
 * is late, as its own metrics say (with the 10 ms between two looks at it), and how many messages did not come to
 * somebody once.
 */
export const ephemeralBench: ClientBench = {
	ids: ["ephemeral.loop.p99", "ephemeral.lost", "ephemeral.dropped"],
	measure: async ({ say }) => {
		const port = await findFreePort();
		await using server = await startBenchServer({ KITH_METRICS_PORT: String(port) });
		say(`ephemeral: ${socketCount} sockets in rooms of ${roomSize}`);
		const rooms = await gatherCrowd(server, socketCount, roomSize);
		await delay(settleMs);
		const runs: Run[] = [];
		for (const run of range(runCount)) {
			const measured = await measureRun(port, rooms);
			runs.push(measured);
			const { loop, lost, dropped } = measured;
			say(`ephemeral: run ${run + 1}, p99 ${loop.toFixed(1)} ms, ${lost} messages lost, ${dropped} ephemerals dropped`);
		}
		const sockets = rooms.flatMap(({ listeners }) => listeners.map(({ socket }) => socket));
		if (!sockets.every(({ isOpen }) => isOpen)) throw new Error("a socket closed by itself");
		for (const socket of sockets) socket.close();
		return [
			atMost(longestDelayMs, { id: "ephemeral.loop.p99", value: median(runs.map(({ loop }) => loop)), unit: "ms" }),
			atMost(0, { id: "ephemeral.lost", value: Math.max(...runs.map(({ lost }) => lost)), unit: "messages" }),
			withoutTarget({
				id: "ephemeral.dropped",
				value: Math.max(...runs.map(({ dropped }) => dropped)),
				unit: "events",
			}),
		];
	},
};

async function measureRun(port: number, rooms: readonly CrowdedRoom[]): Promise<Run> {
	const read = () => readMetrics(port, ["nodejs_eventloop_lag_p99_seconds", "kith_ephemerals_dropped"]);
	// Whoever reads the metrics begins the next measurement of the delay.
	const [, droppedBefore = Number.NaN] = await read();
	const written = await converse(rooms, conversing);
	const [loop = Number.NaN, dropped = Number.NaN] = await read();
	await delay(lastArrivalsMs);
	return { loop: loop * 1000, lost: countAstray(written), dropped: dropped - droppedBefore };
}
