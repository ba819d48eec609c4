import { setTimeout as delay } from "node:timers/promises";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { type BenchContext, runCount } from "../bench-context.ts";
import { startBenchServer } from "../bench-server.ts";
import { atMost, type Figure, withoutTarget } from "../figure.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { median, percentile } from "../statistics.ts";
import { subscribeAll } from "../subscribe-all.ts";

const memberCount = 1000;
const messageCount = 40;
const slowestMs = 500;

/** A message in a room of 1,000 whose members are all connected: until the last of them has it. */
export async function benchFanout({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	say(`fanout: a room of ${memberCount} and as many sockets`);
	const people = await server.people(memberCount);
	const roomId = await server.makeRoom(people);
	const sockets = await server.openSockets(people);
	const listeners = { onFrame: (_frame: string): void => undefined };
	await subscribeAll(sockets, (frame) => listeners.onFrame(frame));
	const caller = createHttpCaller(server.process.origin, people[0]?.cookie ?? "");
	const measureOne = async (): Promise<number> => {
		const body = `${messageBody} ${nextTransactionId()}`;
		let missing = sockets.length;
		const startMs = performance.now();
		const everybody = new Promise<number>((resolve) => {
			listeners.onFrame = (frame) => {
				if (!frame.includes(body)) return;
				missing -= 1;
				if (missing === 0) resolve(performance.now() - startMs);
			};
		});
		await caller.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body });
		return everybody;
	};
	const runs: number[][] = [];
	for (let run = 0; run < runCount; run += 1) {
		const times: number[] = [];
		for (let sent = 0; sent < messageCount; sent += 1) {
			times.push(await measureOne());
			await delay(100);
		}
		say(`fanout: p50 ${median(times).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms`);
		runs.push(times);
	}
	for (const socket of sockets) socket.close();
	return [
		withoutTarget({ id: "fanout.thousand.p50", value: median(runs.map((times) => median(times))), unit: "ms" }),
		atMost(slowestMs, {
			id: "fanout.thousand.p99",
			value: median(runs.map((times) => percentile(times, 0.99))),
			unit: "ms",
		}),
	];
}
