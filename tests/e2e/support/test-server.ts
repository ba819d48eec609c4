import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portOf, type ServerProcess, startServerProcess } from "../../server-process/start-server-process.ts";
import { buildWhenStale } from "./build-when-stale.ts";

/** The built server as people run it, on a data directory and a port of its own, which outlast its restarts. */
export interface TestServer extends AsyncDisposable {
	/** What the server prints and people type. */
	readonly address: string;
	readonly dataFolder: string;
	/** What the process has written since it was started last. */
	readLog(): Promise<string>;
	/** Ends it: as Ctrl-C does, or with `kill -9`. */
	stop(how: "SIGTERM" | "SIGKILL"): Promise<void>;
	/** Starts it again. */
	start(): Promise<void>;
}

/** Tests write faster than people do. */
const unlimited = { KITH_WRITES_PER_MINUTE: "0" };

/** Starts one with an empty data directory, on a port that is free or given. */
export async function startTestServer(
	settings: Readonly<Record<string, string>> = {},
	wantedPort?: number,
): Promise<TestServer> {
	const env = { ...unlimited, ...settings };
	await buildWhenStale();
	const home = await mkdtemp(join(tmpdir(), "kith-e2e-"));
	const dataFolder = join(home, "data");
	const wanted = wantedPort !== undefined && { port: wantedPort };
	let running: ServerProcess = await startServerProcess({ dataFolder, env, ...wanted });
	const port = portOf(running);
	const logFile = `${dataFolder}.log`;
	let logStart = 0;
	return {
		address: `http://localhost:${port}`,
		dataFolder,
		readLog: async () => (await readFile(logFile)).subarray(logStart).toString(),
		stop: async (how) => {
			await (how === "SIGKILL" ? running.kill() : running.stop());
		},
		start: async () => {
			logStart = (await stat(logFile)).size;
			running = await startServerProcess({ dataFolder, port, env });
		},
		[Symbol.asyncDispose]: async () => {
			if (running.isRunning) await running.stop();
			await rm(home, { recursive: true, force: true });
		},
	};
}
