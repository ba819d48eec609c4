import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A word that no other process of this machine shares, even one with the same id later; undefined: there is none now. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
	if (process.platform !== "linux") return ask(pid, "lstart=");
	const [stat, boot] = await Promise.all([
		readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined),
		readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => ""),
	]);
	// Field 22; the name in field 2 may hold spaces and brackets, so counting begins after it. Field 3 is Z for one that
	// has ended and was not waited for.
	const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
	if (fields?.[19] === undefined || fields[0] === "Z") return undefined;
	return `${boot.trim()}:${fields[19]}`;
}

/** The program and its arguments; undefined: there is no such process now. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
	if (process.platform !== "linux") return ask(pid, "command=");
	const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
	return line === "" ? undefined : line.split("\0").join(" ").trim();
}

async function ask(pid: number, column: string): Promise<string | undefined> {
	try {
		const { stdout } = await promisify(execFile)("ps", ["-o", column, "-p", String(pid)]);
		return stdout.trim() === "" ? undefined : stdout.trim();
	} catch {
		return undefined;
	}
}
