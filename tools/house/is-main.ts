import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Whether a module is the program that was started, and not imported by another. Give it `import.meta.url`. */
export function isMain(moduleUrl: string): boolean {
	const started = process.argv[1];
	return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}
