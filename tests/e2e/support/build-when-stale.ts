import { join } from "node:path";
import { isBuilt } from "../../../tools/build-app.mjs";
import { repositoryRoot } from "../../../tools/house/repository-root.ts";
import { runCommand } from "../../../tools/house/run-command.ts";

/** What is tested is what the sources say: a build that is older than they are is made anew. */
export async function buildWhenStale(): Promise<void> {
	if (isBuilt()) return;
	const builder = join(repositoryRoot, "tools/build-app.mjs");
	const { code, output } = await runCommand(process.execPath, [builder], { cwd: repositoryRoot });
	if (code !== 0) throw new Error(`the build failed\n${output}`);
}
