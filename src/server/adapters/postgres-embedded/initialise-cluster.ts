import { execFile } from "node:child_process";
import { chown, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { StartupError } from "../../process/startup-error.ts";
import type { Identity } from "./identity.ts";
import type { Binaries } from "./locate-binaries.ts";
import { programEnvironment, runAs } from "./run-as.ts";

export interface ClusterOptions {
	readonly folder: string;
	readonly binaries: Binaries;
	readonly identity: Identity | undefined;
	readonly password: string;
	/** The first version with a collation of its own that knows more than ASCII is 17. */
	readonly major: number;
}

/** Makes the cluster if there is none. It is made beside its place and moved, so a crash leaves none half made. */
export async function initialiseCluster(options: ClusterOptions): Promise<void> {
	const { folder, identity } = options;
	if (await isCluster(folder)) return;
	const draft = `${folder}.new`;
	const passwordFile = `${folder}.password`;
	await rm(draft, { recursive: true, force: true });
	await mkdir(draft, { mode: 0o700 });
	await writeFile(passwordFile, options.password, { mode: 0o600 });
	if (identity !== undefined) {
		await chown(draft, identity.uid, identity.gid);
		await chown(passwordFile, identity.uid, identity.gid);
	}
	try {
		await initdb(draft, passwordFile, options);
	} finally {
		await rm(passwordFile, { force: true });
	}
	await rename(draft, folder);
	await syncFolder(dirname(folder));
}

async function isCluster(folder: string): Promise<boolean> {
	let names: string[];
	try {
		names = await readdir(folder);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
		throw new StartupError("no-access", `${folder} cannot be read: it belongs to another user`, error);
	}
	if (names.length > 0 && !names.includes("PG_VERSION")) {
		throw new StartupError(
			"database-corrupt",
			`${folder} is no PostgreSQL data directory: restore it from a backup, or move it away to begin anew`,
		);
	}
	return names.length > 0;
}

async function initdb(draft: string, passwordFile: string, options: ClusterOptions): Promise<void> {
	const locale = options.major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : [];
	const args = [
		...["-D", draft, "-U", "kith", `--pwfile=${passwordFile}`, "--auth=scram-sha-256"],
		...["--encoding=UTF8", "--locale=C", ...locale, "--data-checksums", "--no-instructions"],
	];
	const command = runAs(options.binaries.initdb, args, { identity: options.identity, paths: [draft, passwordFile] });
	try {
		await promisify(execFile)(command.file, command.args, {
			...command.options,
			cwd: dirname(options.binaries.initdb),
			env: programEnvironment,
		});
	} catch (error) {
		const output = String((error as { stderr?: unknown }).stderr ?? error).trim();
		throw new StartupError("data-folder", `PostgreSQL could not make ${options.folder}: ${lastLine(output)}`, error);
	}
}

function lastLine(output: string): string {
	const lines = output.split("\n");
	return lines.find((line) => /error|fatal/i.test(line)) ?? lines.at(-1) ?? "";
}

async function syncFolder(folder: string): Promise<void> {
	if (process.platform === "win32") return;
	const handle = await open(folder);
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
