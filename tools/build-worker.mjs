import { rmSync } from "node:fs";
import { join } from "node:path";

/**
 * Builds a worker of the browser, which is no part of any page, into a folder below `public/` that is emptied for it.
 * `entry`: its source, from the repository's root.
 */
export async function buildWorker(root, { folder, entry, isDevelopment, define = {} }) {
	const { build } = await import("esbuild");
	const target = join(root, "public", folder);
	rmSync(target, { recursive: true, force: true });
	await build({
		entryPoints: [join(root, entry)],
		outfile: join(target, "worker.js"),
		absWorkingDir: root,
		bundle: true,
		platform: "browser",
		format: "esm",
		target: "es2022",
		minify: !isDevelopment,
		define,
		logLevel: "error",
	});
}
