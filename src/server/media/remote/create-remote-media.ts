import type { MediaAddress } from "../../../shared/media-address.ts";
import { readRemoteMedia } from "./read-remote-media.ts";
import type { RemoteMediaEnvironment, RemoteMediaKind, RemoteMediaOptions } from "./remote-media-environment.ts";
import { remotePictures } from "./remote-pictures.ts";

/** So many are taken away by one sweep at most. */
const removedAtOnce = 500;
const dayMs = 24 * 60 * 60 * 1000;

/** Other servers' pictures of people and rooms, unless another kind is named: asked for once, kept as long as there is room. */
export const createRemoteMedia = (options: RemoteMediaOptions, kind: RemoteMediaKind = remotePictures) => {
	const environment: RemoteMediaEnvironment = {
		...options,
		kind,
		running: 0,
		waiting: [],
		fetching: new Map(),
		refused: new Map(),
	};
	return {
		read: (address: MediaAddress) => readRemoteMedia(environment, address),
		/** Throws away what is not to be shown, and what was not used for the longest time, where all of them take too much. */
		sweep: async (): Promise<void> => {
			const { store, storage, mostBytes, clock, isShown = () => true } = options;
			for (const server of await store.servers()) {
				if (isShown(server)) continue;
				for (const id of await store.forgetOf(server, removedAtOnce)) await storage.remove(id);
			}
			for (const id of await store.forgetBeyond(mostBytes, removedAtOnce)) await storage.remove(id);
			await storage.removeUnfinished(clock.now() - dayMs);
		},
	};
};

export type RemoteMedia = ReturnType<typeof createRemoteMedia>;
