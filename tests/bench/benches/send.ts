import { setTimeout as delay } from "node:timers/promises";
import { type BenchContext, runCount } from "../bench-context.ts";
import { startBenchServer } from "../bench-server.ts";
import { openDiskProbe } from "../disk.ts";
import { atMost, type Figure, withoutTarget } from "../figure.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { median, timed } from "../statistics.ts";

const messageCount = 60;
const pauseMs = 25;
const ackMarginMs = 3;
const receivedMarginMs = 5;

interface Samples {
	readonly ack: number[];
	readonly received: number[];
	readonly fsync: number[];
}

/** One message at a time on an idle server: until it is acknowledged, and until another person's socket has it. */
export async function benchSend({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	const people = await server.people(2);
	const roomId = await server.makeRoom(people);
	const [sender, receiver] = await server.openSockets(people);
	if (sender === undefined || receiver === undefined) throw new Error("two sockets are needed");
	let onMessage: (frame: string) => void = () => undefined;
	await new Promise<void>((resolve) => {
		onMessage = () => resolve();
		receiver.subscribe({}, (frame) => onMessage(frame));
	});
	await using disk = await openDiskProbe(server.process.dataFolder);
	const sendOne = async (samples: Samples): Promise<void> => {
		const startMs = performance.now();
		const body = `${messageBody} ${nextTransactionId()}`;
		const received = new Promise<void>((resolve) => {
			onMessage = (frame) => {
				if (frame.includes(body)) resolve();
			};
		}).then(() => samples.received.push(performance.now() - startMs));
		const input = { roomId, transactionId: nextTransactionId(), body };
		samples.ack.push(await timed(() => sender.mutate("messages.send", input)));
		await received;
		await delay(pauseMs);
		// As far apart as the sends are: a machine that has just been idle is slower at both.
		samples.fsync.push(await disk.sample());
		await delay(pauseMs);
	};
	const runs: Samples[] = [];
	for (let run = 0; run <= runCount; run += 1) {
		const samples: Samples = { ack: [], received: [], fsync: [] };
		for (let sent = 0; sent < messageCount; sent += 1) await sendOne(samples);
		// The first run warms up.
		if (run === 0) continue;
		runs.push(samples);
		say(`send: acknowledged ${median(samples.ack).toFixed(2)} ms, received ${median(samples.received).toFixed(2)} ms`);
	}
	const fsync = median(runs.map((run) => median(run.fsync)));
	const note = `fdatasync ${fsync.toFixed(2)} ms`;
	return [
		withoutTarget({ id: "disk.fsync.p50", value: fsync, unit: "ms" }),
		atMost(fsync + ackMarginMs, {
			...{ id: "send.ack.p50", value: median(runs.map(({ ack }) => median(ack))), unit: "ms" },
			note: `${note} + ${ackMarginMs}`,
		}),
		atMost(fsync + receivedMarginMs, {
			...{ id: "send.received.p50", value: median(runs.map(({ received }) => median(received))), unit: "ms" },
			note: `${note} + ${receivedMarginMs}`,
		}),
	];
}
