import { access, chmod, mkdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CDPSession } from "playwright";

/** Makes a whole browser slow, or one page of it where this machine does not let one do more. */
export interface Slowness extends AsyncDisposable {
	/** What to start instead of the browser. */
	readonly executablePath: string;
	/** How it is made slow, in words. */
	readonly how: string;
	/** From now on, or no more. */
	set(isSlow: boolean, devtools: CDPSession): Promise<void>;
}

const share = 4;
const periodUs = 100_000;

/** A quarter of one core for all of a browser's processes together, by a control group; else by the browser's own throttle. */
export async function openSlowness(browserPath: string, folder: string): Promise<Slowness> {
	for (const group of [versionTwo, versionOne]) {
		const found = await group().catch(() => undefined);
		if (found !== undefined) return withGroup(found, browserPath, folder);
	}
	return {
		executablePath: browserPath,
		how: `${share} times slower page, by the browser's own throttle, which leaves its workers alone`,
		set: async (isSlow, devtools) =>
			void (await devtools.send("Emulation.setCPUThrottlingRate", { rate: isSlow ? share : 1 })),
		[Symbol.asyncDispose]: async () => undefined,
	};
}

interface ControlGroup {
	readonly path: string;
	limit(isSlow: boolean): Promise<void>;
}

const nameOf = (): string => `kith-bench-${process.pid}`;

async function versionTwo(): Promise<ControlGroup> {
	// Without this file it is no control group, whatever can be written there.
	await access("/sys/fs/cgroup/cgroup.controllers");
	const path = join("/sys/fs/cgroup", nameOf());
	await mkdir(path);
	const limit = (isSlow: boolean): Promise<void> =>
		writeFile(join(path, "cpu.max"), `${isSlow ? periodUs / share : "max"} ${periodUs}`);
	await limit(false).catch(async (cause) => {
		await rmdir(path);
		throw cause;
	});
	return { path, limit };
}

async function versionOne(): Promise<ControlGroup> {
	await access("/sys/fs/cgroup/cpu/cpu.shares");
	const path = join("/sys/fs/cgroup/cpu", nameOf());
	await mkdir(path);
	await writeFile(join(path, "cpu.cfs_period_us"), String(periodUs));
	return {
		path,
		limit: (isSlow) => writeFile(join(path, "cpu.cfs_quota_us"), String(isSlow ? periodUs / share : -1)),
	};
}

/** The browser is started from within the group, and so is everything that it starts. */
async function withGroup({ path, limit }: ControlGroup, browserPath: string, folder: string): Promise<Slowness> {
	const executablePath = join(folder, "slow-browser.sh");
	await writeFile(executablePath, `#!/bin/sh\necho $$ > '${path}/cgroup.procs'\nexec '${browserPath}' "$@"\n`);
	await chmod(executablePath, 0o755);
	return {
		executablePath,
		how: `whole browser at ${100 / share} % of a core, by a control group`,
		set: limit,
		[Symbol.asyncDispose]: async () => {
			// The browser's last processes may still be going.
			for (let tries = 0; tries < 50; tries += 1) {
				const isGone = await rmdir(path).then(
					() => true,
					() => false,
				);
				if (isGone) return;
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		},
	};
}
