// What `npm start` runs: builds when there is no build or the sources have changed since, then becomes the server.
import { spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

process.env.NODE_ENV = "production";
process.env.NEXT_TELEMETRY_DISABLED ??= "1";
process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const { isBuilt, serverEntry } = await import("./build-app.mjs");

if (!isBuilt()) {
	process.stdout.write("Building Kith, which takes a minute and happens once …\n");
	// In a process of its own: the server keeps none of the memory that building takes.
	const builder = fileURLToPath(new URL("build-app.mjs", import.meta.url));
	const { status, signal } = spawnSync(process.execPath, [builder], { stdio: "inherit" });
	if (status !== 0) process.exit(signal === null ? (status ?? 1) : 1);
}
process.setSourceMapsEnabled(true);
await import(pathToFileURL(serverEntry).href);
