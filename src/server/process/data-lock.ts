import { randomUUID } from "node:crypto";
import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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

/**
 * Takes the lock of a data directory, also after a process that was killed. Each holder has a file with a number of its own,
 * one more than the last; the highest one counts. A file is only ever added, never moved out of somebody's way, because a
 * process that looked a moment ago may be about to act on what it saw.
 */
export async function lockDataFolder(folder: string): Promise<DataLock> {
	const own: Holder = { pid: process.pid, startTime: (await startTimeOf(process.pid)) ?? "" };
	const draft = join(folder, `.lock.${randomUUID()}`);
	await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
	try {
		let number: number | undefined;
		while (number === undefined) number = await tryLock(folder, draft);
		return { release: () => release(folder, number) };
	} finally {
		await rm(draft, { force: true });
	}
}

async function tryLock(folder: string, draft: string): Promise<number | undefined> {
	const [last = 0] = await listNumbers(folder);
	await refuseLiving(folder, last);
	const number = last + 1;
	if (!(await tryLink(draft, fileOf(folder, number)))) return undefined;
	const [highest, ...earlier] = await listNumbers(folder);
	if (highest !== number) {
		// Others took and gave back the lock since the first look, and the number was free again.
		await rm(fileOf(folder, number), { force: true });
		return undefined;
	}
	for (const old of earlier) await rm(fileOf(folder, old), { force: true });
	return number;
}

/** Leaves the file, without a holder: the next number has to be a higher one. */
async function release(folder: string, number: number): Promise<void> {
	const draft = join(folder, `.lock.${randomUUID()}`);
	await writeFile(draft, "{}", { mode: 0o600 });
	await rename(draft, fileOf(folder, number));
}

function fileOf(folder: string, number: number): string {
	return join(folder, `lock.${number}`);
}

/** Highest first. */
async function listNumbers(folder: string): Promise<number[]> {
	const names = await readdir(folder);
	const numbers = names.flatMap((name) => /^lock\.(\d{1,15})$/.exec(name)?.[1] ?? []).map(Number);
	return numbers.sort((one, other) => other - one);
}

async function refuseLiving(folder: string, number: number): Promise<void> {
	const holder = await readHolder(fileOf(folder, number));
	if (holder !== undefined && (await startTimeOf(holder.pid)) === holder.startTime) {
		throw new StartupError("locked", `another Kith (process ${holder.pid}) is running on ${folder}`);
	}
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
