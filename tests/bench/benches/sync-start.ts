import type { Person } from "../../server-process/add-people.ts";
import { createHttpCaller } from "../../server-process/http-caller.ts";
import { openSocketCaller } from "../../server-process/socket-caller.ts";
import { type BenchContext, runCount } from "../bench-context.ts";
import { type BenchServer, startBenchServer } from "../bench-server.ts";
import { atMost, type Figure } from "../figure.ts";
import { messageBody, nextTransactionId } from "../message.ts";
import { inParallel, median, range } from "../statistics.ts";
import { subscribeAll } from "../subscribe-all.ts";

const startCount = 15;
const slowestMs = 100;
const widestRatio = 1.5;
const messagesPerRoom = 3;

/** From opening the socket to the item from which the chat list is painted, for somebody with few and with many rooms. */
export async function benchSyncStart({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	const [few, many, friend] = await server.people(3);
	if (few === undefined || many === undefined || friend === undefined) throw new Error("three people are needed");
	say("sync: making 1,010 rooms");
	await fillRooms(server, { person: few, friend, count: 10 });
	await fillRooms(server, { person: many, friend, count: 1000 });
	const measure = async (person: Person): Promise<number> => {
		const times: number[] = [];
		for (let start = 0; start < startCount; start += 1) times.push(await measureStart(server, person));
		return median(times);
	};
	const runs: { ten: number; thousand: number }[] = [];
	for (let run = 0; run <= runCount; run += 1) {
		const times = { ten: await measure(few), thousand: await measure(many) };
		// The first run warms up.
		if (run > 0) runs.push(times);
		say(`sync: ${times.ten.toFixed(1)} ms with 10 rooms, ${times.thousand.toFixed(1)} ms with 1,000`);
	}
	const ten = median(runs.map((run) => run.ten));
	const thousand = median(runs.map((run) => run.thousand));
	const note = `and within ${widestRatio}× of each other`;
	return [
		atMost(Math.min(slowestMs, widestRatio * thousand), { id: "sync.start.ten", value: ten, unit: "ms", note }),
		atMost(Math.min(slowestMs, widestRatio * ten), { id: "sync.start.thousand", value: thousand, unit: "ms", note }),
	];
}

async function measureStart(server: BenchServer, { cookie }: Person): Promise<number> {
	const startMs = performance.now();
	const socket = await openSocketCaller(server.process.origin, cookie);
	await subscribeAll([socket]);
	const durationMs = performance.now() - startMs;
	socket.close();
	await socket.closed;
	return durationMs;
}

interface Filling {
	readonly person: Person;
	readonly friend: Person;
	readonly count: number;
}

async function fillRooms(server: BenchServer, { person, friend, count }: Filling): Promise<void> {
	await inParallel(range(count), 8, async () => {
		const roomId = await server.makeRoom([person, friend]);
		const caller = createHttpCaller(server.process.origin, friend.cookie);
		for (let sent = 0; sent < messagesPerRoom; sent += 1) {
			await caller.mutate("messages.send", { roomId, transactionId: nextTransactionId(), body: messageBody });
		}
		caller.close();
	});
}
