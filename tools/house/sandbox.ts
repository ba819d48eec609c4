import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { repositoryRoot } from "./repository-root.ts";

export interface Sandbox extends AsyncDisposable {
	readonly root: string;
}

/**
 * A small project of its own for planted violations: the named files of the repository and the given texts by path.
 * It lies in `build/`, where git and the checks of the repository don't look and node_modules is still found.
 */
export async function makeSandbox(copied: readonly string[], planted: Record<string, string>): Promise<Sandbox> {
	await mkdir(join(repositoryRoot, "build"), { recursive: true });
	const root = await mkdtemp(join(repositoryRoot, "build/sandbox-"));
	for (const file of copied) await cp(join(repositoryRoot, file), join(root, file), { recursive: true });
	for (const [file, text] of Object.entries(planted)) {
		await mkdir(dirname(join(root, file)), { recursive: true });
		await writeFile(join(root, file), text);
	}
	return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}
