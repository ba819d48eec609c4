import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startTimeOf } from "./process-facts.ts";
import { StartupError } from "./startup-error.ts";

/** Says that this process, and no other, works on a data directory. */
export interface DataLock {
	release(): Promise<void>;
}

interface Holder {
	readonly pid: number;
	/** Tells the process from a later one with the same id. */
	readonly startTime: string;
}

/** Takes the lock; one that a killed process left is taken over. */
export async function lockDataFolder(folder: string): Promise<DataLock> {
	const file = join(folder, "lock");
	const own: Holder = { pid: process.pid, startTime: (await startTimeOf(process.pid)) ?? "" };
	const draft = `${file}.${randomUUID()}`;
	await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
	try {
		// A link appears whole or not at all, and only one process can make it.
		while (!(await tryLink(draft, file))) await removeStale(folder, file, `${draft}.stale`);
	} finally {
		await rm(draft, { force: true });
	}
	return {
		release: async () => {
			const holder = await readHolder(file);
			if (holder?.pid === own.pid && holder.startTime === own.startTime) await rm(file, { force: true });
		},
	};
}

async function removeStale(folder: string, file: string, aside: string): Promise<void> {
	await refuseLiving(folder, await readHolder(file));
	try {
		await rename(file, aside);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
		throw error;
	}
	try {
		// Somebody else may have taken the stale lock over between the look and the move: then it goes back.
		const moved = await readHolder(aside);
		if (moved !== undefined && (await isAlive(moved))) await tryLink(aside, file);
		await refuseLiving(folder, moved);
	} finally {
		await rm(aside, { force: true });
	}
}

async function refuseLiving(folder: string, holder: Holder | undefined): Promise<void> {
	if (holder !== undefined && (await isAlive(holder))) {
		throw new StartupError("locked", `another Kith (process ${holder.pid}) is running on ${folder}`);
	}
}

async function isAlive({ pid, startTime }: Holder): Promise<boolean> {
	return (await startTimeOf(pid)) === startTime;
}

async function readHolder(file: string): Promise<Holder | undefined> {
	const text = await readFile(file, "utf8").catch(() => "");
	try {
		const holder: Partial<Holder> | null = JSON.parse(text);
		return typeof holder?.pid === "number" && typeof holder.startTime === "string"
			? { pid: holder.pid, startTime: holder.startTime }
			: undefined;
	} catch {
		return undefined;
	}
}

async function tryLink(from: string, to: string): Promise<boolean> {
	try {
		await link(from, to);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
		throw error;
	}
}
