import { buildWorker } from "./build-worker.mjs";

/** Where the worker is served from, below `public/`. */
export const ollamaFolder = "ollama-engine";

/** Builds the worker that speaks with a person's own Ollama. */
export const buildOllamaWorker = (root, { isDevelopment = false } = {}) =>
	buildWorker(root, { folder: ollamaFolder, entry: "src/client/own-ollama/worker/own-worker.ts", isDevelopment });
