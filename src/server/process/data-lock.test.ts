import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDataFolder } from "./data-lock.ts";
import { startTimeOf } from "./process-facts.ts";

let folder = "";

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "kith-lock-"));
});

afterEach(() => rm(folder, { recursive: true }));

describe("lockDataFolder", () => {
	it("can be taken again when it was given back", async () => {
		for (let round = 0; round < 3; round += 1) {
			const lock = await lockDataFolder(folder);
			await lock.release();
			expect(await readdir(folder)).toHaveLength(1);
		}
	});

	it("refuses a second instance in one line and leaves the first one's lock alone", async () => {
		const lock = await lockDataFolder(folder);
		await expect(lockDataFolder(folder)).rejects.toMatchObject({
			code: "locked",
			message: `another Kith (process ${process.pid}) is running on ${folder}`,
		});
		expect(await readdir(folder)).toEqual(["lock.1"]);
		await lock.release();
	});

	it("takes over the lock of a process that was killed", async () => {
		const child = fork("--eval", ["setInterval(() => {}, 1000)"], { execArgv: [], stdio: "ignore" });
		const pid = child.pid ?? 0;
		await writeFile(join(folder, "lock.4"), JSON.stringify({ pid, startTime: await startTimeOf(pid) }));
		await expect(lockDataFolder(folder)).rejects.toMatchObject({ code: "locked" });
		child.kill("SIGKILL");
		await once(child, "exit");
		await (await lockDataFolder(folder)).release();
	});

	it("takes over a lock whose process id belongs to a later process", async () => {
		await writeFile(join(folder, "lock.4"), JSON.stringify({ pid: process.pid, startTime: "earlier" }));
		await (await lockDataFolder(folder)).release();
	});

	it("takes over a lock that was cut short", async () => {
		await writeFile(join(folder, "lock.4"), '{"pid":');
		await (await lockDataFolder(folder)).release();
	});

	it("gives a stale lock to one of several that reach for it", async () => {
		for (let round = 0; round < 20; round += 1) {
			const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)));
			const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
			expect(refusals).toHaveLength(7);
			for (const refusal of refusals) expect(refusal).toMatchObject({ code: "locked" });
			const [file = ""] = await readdir(folder);
			await writeFile(join(folder, file), JSON.stringify({ pid: 1, startTime: "earlier" }));
		}
	});
});
