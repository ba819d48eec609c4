import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportFindings } from "./house/finding.ts";
import { isMain } from "./house/is-main.ts";
import { repositoryRoot } from "./house/repository-root.ts";

/** What we read and write of an entry of package-lock.json. */
export interface LockEntry {
	readonly version?: string;
	readonly dev?: boolean;
	readonly optional?: boolean;
	readonly os?: readonly string[];
	readonly cpu?: readonly string[];
	readonly libc?: readonly string[];
	readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export type LockPackages = Readonly<Record<string, LockEntry>>;

const systems = /[-/](android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?=-|$)/;
const processors = /-(arm64|arm|ia32|loong64|ppc64|riscv64|s390x|wasm32|x64)(?=-|$)/;

/**
 * Entries for the optional packages of other platforms that a lock lacks. npm leaves out what the registry at hand
 * does not have, and then `npm ci` refuses the lock on every machine. A version and a platform are enough for it to
 * pass over the package where it does not fit, and to fetch it where it does.
 */
export function missingPlatforms(packages: LockPackages): LockPackages {
	const missing: Record<string, LockEntry> = {};
	for (const [path, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
		for (const [name, version] of Object.entries(optionalDependencies)) {
			if (isFound(packages, path, name)) continue;
			missing[`node_modules/${name}`] = {
				version,
				...(dev === true ? { dev } : {}),
				optional: true,
				...platformOf(name),
			};
		}
	}
	return missing;
}

/** As Node looks for it: beside the package, then in each folder above. */
function isFound(packages: LockPackages, path: string, name: string): boolean {
	const folders = path === "" ? [] : path.split("/node_modules/");
	for (let depth = folders.length; depth >= 0; depth -= 1) {
		const parent = folders.slice(0, depth).join("/node_modules/");
		if (packages[`${parent === "" ? "" : `${parent}/`}node_modules/${name}`] !== undefined) return true;
	}
	return false;
}

function platformOf(name: string): LockEntry {
	const system = systems.exec(name)?.[1];
	const processor = processors.exec(name)?.[1];
	const libc = /-musl/.test(name) ? "musl" : /-gnu/.test(name) ? "glibc" : undefined;
	return {
		...(processor === undefined ? {} : { cpu: [processor] }),
		...(system === undefined ? {} : { os: [system] }),
		...(system === "linux" && libc !== undefined ? { libc: [libc] } : {}),
	};
}

interface Lock {
	readonly packages: LockPackages;
}

function completeLock(lock: Lock, missing: LockPackages): Lock {
	const entries = Object.entries({ ...lock.packages, ...missing });
	entries.sort(([one], [other]) => one.localeCompare(other, "en"));
	return { ...lock, packages: Object.fromEntries(entries) };
}

if (isMain(import.meta.url)) {
	const path = join(repositoryRoot, "package-lock.json");
	const lock: Lock = JSON.parse(readFileSync(path, "utf8"));
	const missing = missingPlatforms(lock.packages);
	if (process.argv.includes("--check")) {
		const findings = Object.keys(missing).map((name) => ({
			rule: "complete-lock",
			file: "package-lock.json",
			text: `lacks ${name}; run npx tsx tools/complete-lock.ts`,
		}));
		process.exitCode = reportFindings(findings, "the lock holds every platform");
	} else {
		writeFileSync(path, `${JSON.stringify(completeLock(lock, missing), null, 2)}\n`);
		console.log(`${Object.keys(missing).length} packages of other platforms added`);
	}
}
