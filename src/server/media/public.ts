export { createMedia, type Media } from "./create-media.ts";
export type {
	MediaId,
	MediaQuota,
	MediaRecord,
	MediaStorage,
	MediaStore,
	RemoteMediaRecord,
	RemoteMediaStore,
	RemotePicture,
	RemotePictures,
	UnusedQuery,
} from "./ports.ts";
export { createRemoteMedia } from "./remote/create-remote-media.ts";
