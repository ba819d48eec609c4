import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildCryptoWorker, cryptoFolder } from "./build-crypto-worker.mjs";
import { buildMediaWorker, mediaFolder } from "./build-media-worker.mjs";
import { buildOllamaWorker, ollamaFolder } from "./build-ollama-worker.mjs";
import { buildSearchWorker, searchFolder } from "./build-search-worker.mjs";
import { generatePrisma } from "./generate-prisma.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "build", "stamp");

const serverFolder = join(root, "build", "server");

/** The built server's entry. */
export const serverEntry = join(serverFolder, "main.mjs");

/** Made by the build among what lies there to be served. */
const workerFolders = [cryptoFolder, mediaFolder, ollamaFolder, searchFolder].map((folder) => `public/${folder}`);

/** What the build is made of: a change in any of it makes the build stale. */
const sources = [
	"federation",
	"package-lock.json",
	"package.json",
	"next.config.mjs",
	"postcss.config.mjs",
	"prisma/schema",
	"public",
	"src",
	"tools/build-app.mjs",
	"tools/build-crypto-worker.mjs",
	"tools/build-media-worker.mjs",
	"tools/build-ollama-worker.mjs",
	"tools/build-search-worker.mjs",
	"tools/build-worker.mjs",
	"tsconfig.base.json",
	"tsconfig.json",
];

export function isBuilt() {
	return (
		existsSync(serverEntry) &&
		existsSync(join(root, ".next", "BUILD_ID")) &&
		workerFolders.every((folder) => existsSync(join(root, folder, "worker.js"))) &&
		existsSync(stampFile) &&
		readFileSync(stampFile, "utf8") === stampOfSources()
	);
}

/** Builds the web client and the server. The stamp is written last: a build that was cut short is stale. */
export async function buildApp() {
	const stamp = stampOfSources();
	rmSync(stampFile, { force: true });
	generatePrisma();
	await buildCryptoWorker(root);
	await buildMediaWorker(root);
	await buildOllamaWorker(root);
	await buildSearchWorker(root);
	buildClient();
	await buildServer();
	mkdirSync(dirname(stampFile), { recursive: true });
	writeFileSync(stampFile, stamp);
}

function buildClient() {
	const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
	const result = spawnSync(process.execPath, [next, "build"], {
		cwd: root,
		env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
		encoding: "utf8",
	});
	if (result.status !== 0) throw new Error(`next build failed\n${result.stdout}\n${result.stderr}`);
	leadOtherServers();
}

/**
 * Leads what other servers ask to its route, for where Next runs without the server's own process. A rewrite of
 * next.config.mjs would do the same and put Next's resolver of rewrites into the script of every page.
 */
function leadOtherServers() {
	const file = join(root, ".next", "routes-manifest.json");
	const manifest = JSON.parse(readFileSync(file, "utf8"));
	const { beforeFiles, ...others } = manifest.rewrites;
	const own = [
		{ source: "/_matrix/:path*", destination: "/api/matrix", regex: "^/_matrix(?:/.*)?$" },
		{ source: "/.well-known/matrix/server", destination: "/api/matrix", regex: "^/\\.well-known/matrix/server$" },
	];
	writeFileSync(file, JSON.stringify({ ...manifest, rewrites: { beforeFiles: [...beforeFiles, ...own], ...others } }));
}

async function buildServer() {
	const { build } = await import("esbuild");
	await build({
		entryPoints: [
			{ in: join(root, "src", "server", "main.ts"), out: "main" },
			// The thread of the assistant's crypto engine.
			{ in: join(root, "src", "server", "assistant", "bot", "engine", "bot-engine.ts"), out: "bot-engine" },
		],
		outdir: serverFolder,
		outExtension: { ".js": ".mjs" },
		absWorkingDir: root,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		packages: "external",
		sourcemap: true,
		logLevel: "error",
	});
}

function stampOfSources() {
	const hash = createHash("sha256").update(process.versions.modules);
	for (const source of sources) addToHash(hash, source);
	return hash.digest("hex");
}

function addToHash(hash, path) {
	if (/\.test\.tsx?$|\/generated$/.test(path) || workerFolders.includes(path)) return;
	const absolute = join(root, path);
	if (!existsSync(absolute)) return;
	let names;
	try {
		names = readdirSync(absolute).sort();
	} catch (error) {
		if (error.code !== "ENOTDIR") throw error;
		hash.update(`${path}\0`).update(readFileSync(absolute)).update("\0");
		return;
	}
	for (const name of names) addToHash(hash, `${path}/${name}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	try {
		await buildApp();
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exitCode = 1;
	}
}
