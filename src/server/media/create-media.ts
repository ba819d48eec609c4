import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { MediaAddress } from "../../shared/media-address.ts";
import type { MediaEnvironment } from "./media-environment.ts";
import type { MediaQuota } from "./ports.ts";
import { readMedia, requireOwnPicture } from "./read-media.ts";
import { readWholePicture } from "./read-whole-picture.ts";
import type { RemoteMedia } from "./remote/create-remote-media.ts";
import { storePicture, type Upload } from "./store-picture.ts";
import { sweepMedia } from "./sweep-media.ts";

export interface MediaOptions extends Omit<MediaEnvironment, "uploading" | "quota"> {
	readonly quota?: MediaQuota;
	/** Absent: other servers' pictures are not asked for. */
	readonly remote?: RemoteMedia;
}

/** Pictures are small: this is one for each of many rooms, and a bound for whoever only wants to fill the disk. */
const defaultQuota: MediaQuota = { files: 200, bytes: 50_000_000 };

/** The area's use cases, bound to what they stand on. */
export const createMedia = ({ quota = defaultQuota, remote, ...options }: MediaOptions) => {
	const environment: MediaEnvironment = { ...options, quota, uploading: new Map() };
	let sweptTo = "";
	return {
		storePicture: (upload: Upload) => storePicture(environment, upload),
		/** A picture of this server or, through it, of another. Throws `not-found`, `unavailable`, `too-many-requests`. */
		read: (address: MediaAddress) =>
			remote === undefined || address.serverName === options.serverName
				? readMedia(environment, address)
				: remote.read(address),
		/** For other servers: what this one has, and nothing that it would have to ask for. Throws `not-found`. */
		readOwn: (mediaId: string) => readMedia(environment, { serverName: options.serverName, mediaId }),
		readWhole: (url: string, mostBytes: number) => readWholePicture(environment, url, mostBytes),
		requireOwnPicture: (userId: UserId, url: string) => requireOwnPicture(environment, userId, url),
		sweep: async (): Promise<void> => {
			sweptTo = await sweepMedia(environment, sweptTo);
			await remote?.sweep();
		},
	};
};

export type Media = ReturnType<typeof createMedia>;
