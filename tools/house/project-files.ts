import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

const notOurs = new Set(["node_modules", ".git", ".next", "build", "data", "coverage", "generated", "test-results"]);

/** Files of the project under a root, relative to it: what git tracks or would track, or all of them outside git. */
export async function projectFiles(root: string): Promise<string[]> {
	const files = existsSync(join(root, ".git")) ? trackedFiles(root) : await walkFiles(root);
	return files.filter((file) => existsSync(join(root, file))).sort();
}

function trackedFiles(root: string): string[] {
	const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
	const listed = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
	return listed.split("\0").filter((file) => file !== "");
}

async function walkFiles(root: string, folder = ""): Promise<string[]> {
	const found: string[] = [];
	for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
		const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
		if (entry.isDirectory() && !notOurs.has(entry.name)) found.push(...(await walkFiles(root, path)));
		if (entry.isFile()) found.push(path);
	}
	return found;
}
