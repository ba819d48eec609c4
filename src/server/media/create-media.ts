import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { MediaAddress } from "../../shared/media-address.ts";
import type { MediaEnvironment } from "./media-environment.ts";
import type { MediaQuota } from "./ports.ts";
import { readMedia, requireOwnPicture } from "./read-media.ts";
import { readWholePicture } from "./read-whole-picture.ts";
import { storePicture, type Upload } from "./store-picture.ts";
import { sweepMedia } from "./sweep-media.ts";

export interface MediaOptions extends Omit<MediaEnvironment, "uploading" | "quota"> {
	readonly quota?: MediaQuota;
}

/** Pictures are small: this is one for each of many rooms, and a bound for whoever only wants to fill the disk. */
const defaultQuota: MediaQuota = { files: 200, bytes: 50_000_000 };

/** The area's use cases, bound to what they stand on. */
export const createMedia = ({ quota = defaultQuota, ...options }: MediaOptions) => {
	const environment: MediaEnvironment = { ...options, quota, uploading: new Map() };
	let sweptTo = "";
	return {
		storePicture: (upload: Upload) => storePicture(environment, upload),
		read: (address: MediaAddress) => readMedia(environment, address),
		readWhole: (url: string, mostBytes: number) => readWholePicture(environment, url, mostBytes),
		requireOwnPicture: (userId: UserId, url: string) => requireOwnPicture(environment, userId, url),
		sweep: async (): Promise<void> => {
			sweptTo = await sweepMedia(environment, sweptTo);
		},
	};
};

export type Media = ReturnType<typeof createMedia>;
