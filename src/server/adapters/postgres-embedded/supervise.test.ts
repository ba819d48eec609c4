import { describe, expect, it } from "vitest";
import { silentLog } from "../../../../tests/setup/silent-log.ts";
import type { RunningPostgres } from "./run-postgres.ts";
import { supervise } from "./supervise.ts";

/** Stands for a server process that ends when it is told to. */
const processOf = (pid: number): RunningPostgres & { end(): void } => {
	let end = (): void => undefined;
	const exited = new Promise<string>((resolve) => {
		end = () => resolve("signal SIGKILL");
	});
	return { pid, exited, end, stop: async () => end() };
};

describe("supervise", () => {
	it("goes on trying when the start itself breaks", async () => {
		const [first, second] = [processOf(1), processOf(2)];
		let attempts = 0;
		const supervised = supervise(first, {
			log: silentLog,
			restart: async () => {
				attempts += 1;
				if (attempts === 1) throw new Error("ENOSPC");
				return { kind: "running", postgres: second };
			},
		});
		first.end();
		await expect.poll(() => supervised.pid(), { timeout: 5000 }).toBe(2);
		expect(attempts).toBe(2);
		await supervised.stop();
	});
});
