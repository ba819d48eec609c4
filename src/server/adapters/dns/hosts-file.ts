import { readFile } from "node:fs/promises";
import { isIP } from "node:net";

/** What the machine's owner wrote down about names, which counts more than DNS. */
export type ReadHosts = () => Promise<ReadonlyMap<string, readonly string[]>>;

const hostsPath = process.platform === "win32" ? "C:\\Windows\\System32\\drivers\\etc\\hosts" : "/etc/hosts";
const keptMs = 30_000;

/** The addresses by lower-case name; a file that cannot be read has none. */
export const createHostsFile = (path: string = hostsPath): ReadHosts => {
	let kept: Promise<ReadonlyMap<string, readonly string[]>> = Promise.resolve(new Map());
	let readAt = Number.NEGATIVE_INFINITY;
	return () => {
		if (performance.now() - readAt > keptMs) {
			readAt = performance.now();
			kept = readFile(path, "utf8").then(parseHosts, () => new Map());
		}
		return kept;
	};
};

/** Lines of an address and its names; `#` begins a remark. */
export const parseHosts = (text: string): ReadonlyMap<string, readonly string[]> => {
	const hosts = new Map<string, string[]>();
	for (const line of text.split("\n")) {
		const [address = "", ...names] = (line.split("#")[0] ?? "").trim().split(/\s+/);
		if (isIP(address) === 0) continue;
		for (const name of names) {
			const key = name.toLowerCase();
			hosts.set(key, [...(hosts.get(key) ?? []), address]);
		}
	}
	return hosts;
};
