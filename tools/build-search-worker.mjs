import { buildWorker } from "./build-worker.mjs";

/** Where the worker is served from, below `public/`. */
export const searchFolder = "search-engine";

/** Builds the worker that finds messages. */
export const buildSearchWorker = (root, { isDevelopment = false } = {}) =>
	buildWorker(root, { folder: searchFolder, entry: "src/client/search/worker/search-worker.ts", isDevelopment });
