import { setTimeout as delay } from "node:timers/promises";
import { roomIdOutput } from "../../src/shared/wire/room-calls.ts";
import { randomFrom } from "../../tools/fuzz/random-from.ts";
import { addPeople, type Person } from "../server-process/add-people.ts";
import type { ApiCaller } from "../server-process/api-caller.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { postgresPid } from "../server-process/server-database.ts";
import { openSocketCaller } from "../server-process/socket-caller.ts";
import { portOf, type ServerProcess, startServerProcess } from "../server-process/start-server-process.ts";
import { createRoomReader } from "./room-reader.ts";
import { startWriter, type Writer } from "./writer.ts";

export type Victim = "server" | "postgres";

export interface KillRunOptions {
	readonly dataFolder: string;
	readonly victims: readonly Victim[];
	/** Decides when within the writing each kill comes. */
	readonly seed: number;
	readonly onKill?: (done: number) => void;
}

export interface KillRunResult {
	/** Everything that was lost, doubled, out of order or never acknowledged. */
	readonly faults: readonly string[];
	readonly acknowledgedCount: number;
	readonly storedCount: number;
	/** Messages that had to be sent again: without any, no kill came in the middle of anything. */
	readonly retries: number;
}

const writerCount = 8;
/** The writers write faster than people may. */
const env = { KITH_WRITES_PER_MINUTE: "0" };
const longestPauseMs = 120;
const recoveryDeadlineMs = 30_000;

/**
 * Eight people write without a pause, half of them over HTTP and half over sockets, while the server or its PostgreSQL is
 * killed again and again. After each kill, and at the end, the room is read and held against what was acknowledged.
 */
export async function runKills(options: KillRunOptions): Promise<KillRunResult> {
	const { dataFolder } = options;
	const random = randomFrom(options.seed, 0);
	let server = await startServerProcess({ dataFolder, env });
	const port = portOf(server);
	const { origin } = server;
	const people = await addPeople(
		dataFolder,
		Array.from({ length: writerCount }, (_, index) => `writer${index}`),
	);
	const roomId = await makeRoom(origin, people);
	const writers = people.map((person, index) =>
		startWriter({
			...{ name: person.localpart, roomId },
			connect: async () =>
				index % 2 === 0 ? createHttpCaller(origin, person.cookie) : openSocketCaller(origin, person.cookie),
		}),
	);
	const reader = createRoomReader(roomId);
	const readerCaller = createHttpCaller(origin, people[0]?.cookie ?? "");
	const faults: string[] = [];
	const check = async (acknowledged: readonly (readonly string[])[]): Promise<void> => {
		await persist(() => reader.readOn(readerCaller));
		for (const [index, writer] of writers.entries()) {
			faults.push(...reader.faultsOf(writer, acknowledged[index] ?? []));
		}
	};
	try {
		for (const [done, victim] of options.victims.entries()) {
			await untilEachAdvanced(writers);
			await delay(random(longestPauseMs));
			if (victim === "postgres") process.kill(await postgresPid(dataFolder), "SIGKILL");
			else await server.kill();
			const acknowledged = writers.map((writer) => [...writer.acknowledged]);
			if (victim === "server") server = await startServerProcess({ dataFolder, port, env });
			await check(acknowledged);
			if (!server.isRunning) faults.push(`the server ended when ${victim} was killed`);
			options.onKill?.(done + 1);
			if (faults.length > 0) break;
		}
		await untilEachAdvanced(writers);
		for (const result of await Promise.allSettled(writers.map((writer) => writer.stop()))) {
			if (result.status === "rejected") faults.push(`a writer was refused: ${String(result.reason)}`);
		}
		await check(writers.map(({ acknowledged }) => acknowledged));
	} finally {
		await endRun(server, writers, readerCaller);
	}
	const sum = (count: (writer: Writer) => number): number => writers.reduce((total, one) => total + count(one), 0);
	return {
		faults: faults.slice(0, 20),
		acknowledgedCount: sum(({ acknowledged }) => acknowledged.length),
		storedCount: reader.messageCount,
		retries: sum(({ retries }) => retries),
	};
}

async function makeRoom(origin: string, people: readonly Person[]): Promise<string> {
	const [owner, ...others] = people.map(({ cookie }) => createHttpCaller(origin, cookie));
	const input = { transactionId: "room", kind: "public", name: "Room", aliasLocalpart: "room" };
	const { roomId } = roomIdOutput.parse(await owner?.mutate("rooms.create", input));
	for (const other of others) await other.mutate("rooms.join", { room: roomId });
	for (const caller of [owner, ...others]) caller?.close();
	return roomId;
}

/** Everybody is writing again: two more acknowledgements each, so that a kill never falls into the time after another. */
async function untilEachAdvanced(writers: readonly Writer[]): Promise<void> {
	const goals = writers.map(({ acknowledged }) => acknowledged.length + 2);
	const deadline = performance.now() + recoveryDeadlineMs;
	while (writers.some(({ acknowledged }, index) => acknowledged.length < (goals[index] ?? 0))) {
		if (performance.now() > deadline) {
			const stuck = writers.filter(({ acknowledged }, index) => acknowledged.length < (goals[index] ?? 0));
			await Promise.race([Promise.all(stuck.map((writer) => writer.stop())), delay(1000)]);
			throw new Error(`${stuck.map(({ name }) => name).join(", ")} had no answer in ${recoveryDeadlineMs / 1000} s`);
		}
		await delay(10);
	}
}

/** Reading fails while PostgreSQL recovers; there is nothing to find out from that. */
async function persist(work: () => Promise<void>): Promise<void> {
	const deadline = performance.now() + recoveryDeadlineMs;
	for (;;) {
		try {
			await work();
			return;
		} catch (error) {
			if (performance.now() > deadline) throw error;
			await delay(50);
		}
	}
}

async function endRun(server: ServerProcess, writers: readonly Writer[], readerCaller: ApiCaller): Promise<void> {
	const stopping = Promise.allSettled(writers.map((writer) => writer.stop()));
	await Promise.race([stopping, delay(5000)]);
	readerCaller.close();
	await server.stop();
}
