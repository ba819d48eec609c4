import { z } from "zod";

/** The largest picture that stands for a person or a room: clients make theirs smaller before they send it. */
export const pictureLimits = { sizeBytes: 1_000_000, edgePixels: 1024 } as const;

export const uploadOutput = z.object({
	/** `mxc://server/id` */
	contentUri: z.string(),
});
