import { rmSync } from "node:fs";
import { join } from "node:path";

/** Where the worker is served from, below `public/`. */
export const mediaFolder = "media-engine";

/** Builds the worker for pictures, which is no part of any page. */
export async function buildMediaWorker(root, { isDevelopment = false } = {}) {
	const { build } = await import("esbuild");
	const folder = join(root, "public", mediaFolder);
	rmSync(folder, { recursive: true, force: true });
	await build({
		entryPoints: [join(root, "src", "client", "media", "worker", "media-worker.ts")],
		outfile: join(folder, "worker.js"),
		absWorkingDir: root,
		bundle: true,
		platform: "browser",
		format: "esm",
		target: "es2022",
		minify: !isDevelopment,
		logLevel: "error",
	});
}
