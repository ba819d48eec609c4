import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { projectRoot } from "./project-root.ts";

/** The entry of the assistant's crypto engine: beside the built server, or in the sources, before which a loader is needed. */
export const botEngineFile = (): { readonly entry: string; readonly isCode: boolean } => {
	const built = join(import.meta.dirname, "bot-engine.mjs");
	if (existsSync(built)) return { entry: built, isCode: false };
	const source = pathToFileURL(join(projectRoot(), "src", "server", "assistant", "bot", "engine", "bot-engine.ts"));
	const loader = pathToFileURL(join(projectRoot(), "node_modules", "tsx", "dist", "esm", "api", "index.mjs"));
	// A thread does not take the loader over with which this process reads its own sources.
	const code = `import("${loader.href}").then(({ register }) => { register(); return import("${source.href}"); })`;
	return { entry: code, isCode: true };
};
