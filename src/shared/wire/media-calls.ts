import * as z from "zod";

/** The largest picture that stands for a person or a room: clients make theirs smaller before they send it. */
export const pictureLimits = { sizeBytes: 1_000_000, edgePixels: 1024 } as const;

export const uploadOutput = z.object({
	/** `mxc://server/id` */
	contentUri: z.string(),
});

/** A file's upload: `PUT /api/files/<uploadId>`. The same id again is the same upload. */
export const uploadIdForm = /^[0-9a-f]{32}$/;

/** What `GET /api/files` answers. Matrix v1.19 Client-Server API, "Content repository", `GET /media/config`. */
export const filesConfigOutput = z.object({ "m.upload.size": z.int() });
