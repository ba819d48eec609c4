import { spawn } from "node:child_process";
import { buildCryptoWorker } from "./build-crypto-worker.mjs";
import { buildMediaWorker } from "./build-media-worker.mjs";
import { buildOllamaWorker } from "./build-ollama-worker.mjs";
import { buildSearchWorker } from "./build-search-worker.mjs";
import { generatePrisma } from "./generate-prisma.mjs";
import { repositoryRoot } from "./house/repository-root.ts";

// Pages reload by themselves; a change of the server's own files takes a restart.
generatePrisma();
await buildCryptoWorker(repositoryRoot, { isDevelopment: true });
await buildMediaWorker(repositoryRoot, { isDevelopment: true });
await buildOllamaWorker(repositoryRoot, { isDevelopment: true });
await buildSearchWorker(repositoryRoot, { isDevelopment: true });
const server = spawn(process.execPath, ["--import", "tsx", "src/server/main.ts"], {
	stdio: "inherit",
	env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => server.kill(signal));
server.on("exit", (code) => process.exit(code ?? 1));
