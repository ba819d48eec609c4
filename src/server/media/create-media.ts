import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { type MediaAddress, parseMediaAddress } from "../../shared/media-address.ts";
import { type FileUpload, storeFile } from "./files/store-file.ts";
import type { MediaEnvironment } from "./media-environment.ts";
import type { MediaQuota } from "./ports.ts";
import { readMedia, requireOwnPicture } from "./read-media.ts";
import { readWholePicture } from "./read-whole-picture.ts";
import type { RemoteMedia } from "./remote/create-remote-media.ts";
import { storePicture, type Upload } from "./store-picture.ts";
import { sweepMedia } from "./sweep-media.ts";

export interface MediaOptions extends Omit<MediaEnvironment, "uploading" | "quota" | "fileQuota" | "mostFileBytes"> {
	readonly quota?: MediaQuota;
	readonly fileQuota?: MediaQuota;
	readonly mostFileBytes?: number;
	/** Other servers' pictures and files. Absent: they are not asked for. */
	readonly remote?: { readonly pictures: RemoteMedia; readonly files: RemoteMedia };
}

/** Pictures are small: this is one for each of many rooms, and a bound for whoever only wants to fill the disk. */
const defaultQuota: MediaQuota = { files: 200, bytes: 50_000_000 };

const defaultFileQuota: MediaQuota = { files: 100_000, bytes: 2_000_000_000 };
const defaultMostFileBytes = 50_000_000;

/** The area's use cases, bound to what they stand on. */
export const createMedia = ({ remote, ...options }: MediaOptions) => {
	const environment: MediaEnvironment = {
		quota: defaultQuota,
		fileQuota: defaultFileQuota,
		mostFileBytes: defaultMostFileBytes,
		...options,
		uploading: new Map(),
	};
	let sweptTo = "";
	return {
		storePicture: (upload: Upload) => storePicture(environment, upload),
		/** A picture of this server or, through it, of another. Throws `not-found`, `unavailable`, `too-many-requests`. */
		read: (address: MediaAddress) =>
			remote === undefined || address.serverName === options.serverName
				? readMedia(environment, address, "picture")
				: remote.pictures.read(address),
		storeFile: (upload: FileUpload) => storeFile(environment, upload),
		mostFileBytes: environment.mostFileBytes,
		/** A file to which a message refers, as it is, of this server or through it of another. Throws as `read` does. */
		readFile: (address: MediaAddress) =>
			remote === undefined || address.serverName === options.serverName
				? readMedia(environment, address, "file")
				: remote.files.read(address),
		/** The id of a file by its address; undefined: the address is none of this server's. */
		fileIdOf: (url: string): string | undefined => {
			const address = parseMediaAddress(url);
			return address?.serverName === options.serverName ? address.mediaId : undefined;
		},
		/** For other servers: what this one has, and nothing that it would have to ask for. Throws `not-found`. */
		readOwn: (mediaId: string) => readMedia(environment, { serverName: options.serverName, mediaId }, "any"),
		readWhole: (url: string, mostBytes: number) => readWholePicture(environment, url, mostBytes),
		requireOwnPicture: (userId: UserId, url: string) => requireOwnPicture(environment, userId, url),
		sweep: async (): Promise<void> => {
			sweptTo = await sweepMedia(environment, sweptTo);
			await remote?.pictures.sweep();
		},
	};
};

export type Media = ReturnType<typeof createMedia>;
