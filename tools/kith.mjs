// Runs an operator command: `npm run kith -- help` lists them. The program is bundled anew each time: that takes less
// than a second, and no command ever runs from older sources than the server's.
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outfile = join(root, "build", "operator", `kith-${process.pid}.mjs`);

try {
	await build({
		entryPoints: [join(root, "src", "server", "cli", "main.ts")],
		outfile,
		absWorkingDir: root,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		packages: "external",
		logLevel: "error",
	});
	await import(pathToFileURL(outfile).href);
} finally {
	await rm(outfile, { force: true });
}
