import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { type BenchContext, runCount } from "../bench-context.ts";
import { startBenchServer } from "../bench-server.ts";
import { atMost, type Figure } from "../figure.ts";
import { median, range } from "../statistics.ts";
import { subscribeAll } from "../subscribe-all.ts";

const socketCount = 2000;
const roomSize = 20;
const mostIdleMb = 220;
const mostSocketKb = 60;
const settleMs = 10_000;

/** Resident memory of the server's process after a start, and what each of 2,000 people who are connected adds to it. */
export async function benchMemory({ say }: BenchContext): Promise<readonly Figure[]> {
	await using server = await startBenchServer();
	const people = await server.people(socketCount);
	say(`memory: ${socketCount} people in rooms of ${roomSize}`);
	for (const room of range(socketCount / roomSize)) {
		await server.makeRoom(people.slice(room * roomSize, (room + 1) * roomSize));
	}
	const runs: { idle: number; socket: number }[] = [];
	for (let run = 0; run < runCount; run += 1) {
		await server.restart();
		await delay(settleMs);
		const idle = await readResidentKb(server.process.pid);
		const sockets = await server.openSockets(people);
		await subscribeAll(sockets);
		await delay(settleMs);
		const open = await readResidentKb(server.process.pid);
		if (!sockets.every(({ isOpen }) => isOpen)) throw new Error("a socket closed by itself");
		for (const socket of sockets) socket.close();
		runs.push({ idle: idle / 1024, socket: (open - idle) / socketCount });
		say(`memory: ${(idle / 1024).toFixed(0)} MB, ${((open - idle) / socketCount).toFixed(1)} KB for each socket`);
	}
	return [
		atMost(mostIdleMb, { id: "memory.idle", value: median(runs.map(({ idle }) => idle)), unit: "MB" }),
		atMost(mostSocketKb, { id: "memory.socket", value: median(runs.map(({ socket }) => socket)), unit: "KB" }),
	];
}

async function readResidentKb(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, "utf8");
	const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
	if (kb === undefined) throw new Error("memory can be read on Linux alone");
	return Number(kb);
}
