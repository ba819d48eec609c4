import { opaqueType } from "../files/type-of-head.ts";
import { createRemoteMedia, type RemoteMedia } from "./create-remote-media.ts";
import type { RemoteMediaOptions } from "./remote-media-environment.ts";

/** Each is in memory while it comes: no more than a few at a time, whoever asks. */
const fetchesAtOnce = 4;
const mostWaiting = 200;

/**
 * Files to which messages from other servers refer, as they are there: mostly encrypted, so that nothing is made of their
 * bytes here, and they are given out as bytes alone. `mostFileBytes`: what one of them may have.
 */
export const createRemoteFiles = (options: RemoteMediaOptions, mostFileBytes: number): RemoteMedia =>
	createRemoteMedia(options, {
		isWhole: true,
		mostBytes: mostFileBytes,
		fetchesAtOnce,
		mostWaiting,
		typeOf: () => ({ contentType: opaqueType }),
	});
