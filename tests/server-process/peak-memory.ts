import { execFile } from "node:child_process";
import { promisify } from "node:util";

const everyMs = 50;

/** Watches how much memory a process has, from now on. */
export interface PeakMemory {
	/** Ends the watch: by how many bytes it rose at most above what it was at the beginning. */
	grownBy(): Promise<number>;
}

export const peakMemory = (pid: number): PeakMemory => {
	const first = residentBytes(pid);
	let highest = 0;
	const look = async (): Promise<void> => {
		highest = Math.max(highest, await residentBytes(pid));
	};
	const timer = setInterval(() => void look().catch(() => undefined), everyMs);
	return {
		grownBy: async () => {
			clearInterval(timer);
			await look();
			return highest - (await first);
		},
	};
};

const residentBytes = async (pid: number): Promise<number> => {
	const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", `${pid}`]);
	return Number(stdout) * 1024;
};
