import { buildWorker } from "./build-worker.mjs";

/** Where the worker is served from, below `public/`. */
export const mediaFolder = "media-engine";

/** Builds the worker for pictures. */
export const buildMediaWorker = (root, { isDevelopment = false } = {}) =>
	buildWorker(root, { folder: mediaFolder, entry: "src/client/media/worker/media-worker.ts", isDevelopment });
