import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { get as getPlainly } from "node:http";
import { get as getSecurely } from "node:https";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** The built server as people run it: a process of its own with its own data directory and PostgreSQL. */
export interface ServerProcess extends AsyncDisposable {
	/** `http://127.0.0.1:PORT`, with TLS `https://localhost:PORT`; the same after every restart. */
	readonly origin: string;
	readonly dataFolder: string;
	readonly pid: number;
	/** Milliseconds from the start of the process to its first answered request. */
	readonly startedInMs: number;
	/** False from the moment the process has ended. */
	readonly isRunning: boolean;
	/** `kill -9`, and waits until the process is gone. */
	kill(): Promise<void>;
	/** Asks it to end, as Ctrl-C does. */
	stop(): Promise<{ exitCode: number | null }>;
}

export interface ServerProcessOptions {
	readonly dataFolder: string;
	/** Absent: a free one. A restart on the same data directory gives the same one again. */
	readonly port?: number;
	readonly env?: Readonly<Record<string, string>>;
	/** It serves TLS itself, under the name `localhost`. */
	readonly tls?: ServerTls;
}

/** Files of a certificate for `localhost`, and what vouches for it. */
export interface ServerTls {
	readonly certFile: string;
	readonly keyFile: string;
	/** In PEM. */
	readonly ca: string;
}

const program = join(import.meta.dirname, "../../build/server/main.mjs");
const startDeadlineMs = 60_000;

/** Starts the server and waits until it is ready. Its log is in `server.log` beside the data directory. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
	if (!existsSync(program)) throw new Error("the server is not built: npm run build");
	const { dataFolder } = options;
	const port = options.port ?? (await findFreePort());
	const origin = options.tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`;
	const startedAt = performance.now();
	const log = await open(`${dataFolder}.log`, "a");
	const child = spawn(process.execPath, [program], {
		stdio: ["ignore", log.fd, log.fd],
		env: { ...process.env, ...environmentOf(dataFolder, port), ...tlsVariables(options), ...options.env },
	});
	await log.close();
	const exited = exitOf(child);
	endWithUs(child, exited);
	await waitUntilReady({ origin, ca: options.tls?.ca, exited, child, logFile: `${dataFolder}.log` });
	const startedInMs = performance.now() - startedAt;
	const end = async (signal: NodeJS.Signals): Promise<{ exitCode: number | null }> => {
		child.kill(signal);
		return { exitCode: await exited };
	};
	return {
		origin,
		dataFolder,
		pid: child.pid ?? 0,
		startedInMs,
		get isRunning() {
			return child.exitCode === null && child.signalCode === null;
		},
		kill: async () => void (await end("SIGKILL")),
		stop: () => end("SIGTERM"),
		[Symbol.asyncDispose]: async () => void (await end("SIGTERM")),
	};
}

/** The port of a server's origin, to start it again on the same one. */
export const portOf = ({ origin }: Pick<ServerProcess, "origin">): number => Number(new URL(origin).port);

const environmentOf = (dataFolder: string, port: number): Record<string, string> => ({
	NODE_ENV: "production",
	KITH_DATA_DIR: dataFolder,
	KITH_HOST: "127.0.0.1",
	KITH_PORT: String(port),
	KITH_REGISTRATION: "open",
	KITH_METRICS_PORT: "0",
	DATABASE_URL: "",
	KITH_PUBLIC_URL: "",
	KITH_SERVER_NAME: "",
});

const tlsVariables = ({ tls }: ServerProcessOptions): Record<string, string> =>
	tls === undefined ? {} : { KITH_TLS_CERT: tls.certFile, KITH_TLS_KEY: tls.keyFile };

const exitOf = (child: ChildProcess): Promise<number | null> =>
	new Promise((resolve) => {
		child.once("error", () => resolve(null));
		child.once("exit", (code) => resolve(code));
	});

/** Whoever started the server may be stopped by Ctrl-C: the server then stops too, and its PostgreSQL with it. */
function endWithUs(child: ChildProcess, exited: Promise<unknown>): void {
	const end = (): void => void child.kill("SIGTERM");
	process.once("exit", end);
	void exited.then(() => process.off("exit", end));
}

interface Starting {
	readonly origin: string;
	readonly ca: string | undefined;
	readonly exited: Promise<number | null>;
	readonly child: ChildProcess;
	readonly logFile: string;
}

async function waitUntilReady({ origin, ca, exited, child, logFile }: Starting): Promise<void> {
	const deadline = performance.now() + startDeadlineMs;
	let hasExited = false;
	void exited.then(() => {
		hasExited = true;
	});
	while (!hasExited && performance.now() < deadline) {
		if (await answersWell(`${origin}/readyz`, ca)) return;
		await delay(25);
	}
	child.kill("SIGKILL");
	const lines = (await readFile(logFile, "utf8")).trimEnd().split("\n").slice(-5).join("\n");
	throw new Error(`the server ${hasExited ? "ended" : "was not ready in time"}: ${lines}`);
}

const answersWell = (url: string, ca: string | undefined): Promise<boolean> =>
	new Promise((resolve) => {
		const get = url.startsWith("https:") ? getSecurely : getPlainly;
		get(url, { agent: false, ...(ca === undefined ? {} : { ca }) }, (response) => {
			response.resume();
			resolve(response.statusCode === 200);
		}).once("error", () => resolve(false));
	});

/** A port of this machine that nobody listens on now. */
export function findFreePort(): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
		});
	});
}
