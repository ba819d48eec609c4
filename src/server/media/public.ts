export { createMedia, type Media } from "./create-media.ts";
export type {
	FileReservation,
	FoundMedia,
	MediaId,
	MediaQuota,
	MediaRecord,
	MediaStorage,
	MediaStore,
	RemoteFile,
	RemoteFiles,
	RemoteMediaKey,
	RemoteMediaRecord,
	RemoteMediaStore,
	Reserved,
	UnusedQuery,
} from "./ports.ts";
export { createRemoteFiles } from "./remote/create-remote-files.ts";
export { createRemoteMedia } from "./remote/create-remote-media.ts";
