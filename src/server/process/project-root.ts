import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that holds package.json, from the sources as from the built bundle. */
export function projectRoot(): string {
	for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
		if (existsSync(join(folder, "package.json"))) return folder;
	}
	throw new Error("package.json was not found in any folder above the program");
}
