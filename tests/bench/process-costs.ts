import { readFile } from "node:fs/promises";

/** What Linux calls a tick. */
const ticksPerSecond = 100;

/** What a process has of the memory now. */
export const residentMegabytes = async (pid: number): Promise<number> => {
	const status = await readFile(`/proc/${pid}/status`, "utf8");
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
};

/** The time that a process has had a core for so far. */
export const coreSeconds = async (pid: number): Promise<number> => {
	const stat = await readFile(`/proc/${pid}/stat`, "utf8");
	// The name, in brackets, may hold anything.
	const [user = Number.NaN, system = Number.NaN] = stat
		.slice(stat.lastIndexOf(")") + 2)
		.split(" ")
		.slice(11, 13)
		.map(Number);
	return (user + system) / ticksPerSecond;
};
