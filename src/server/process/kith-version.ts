import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./project-root.ts";

/** The version of this program, as package.json has it. */
export const kithVersion = (): string => {
	const manifest: { version: string } = JSON.parse(readFileSync(join(projectRoot(), "package.json"), "utf8"));
	return manifest.version;
};
