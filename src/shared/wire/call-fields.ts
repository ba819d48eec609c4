import * as z from "zod";

/** The name of a person or a room as people read it. */
export const wireName = z.string().trim().min(1).max(120);
/** `mxc://server/id` of a picture that was uploaded before. */
export const wireMediaUrl = z.string().startsWith("mxc://").max(255);
/** Why somebody did something, for those whom it concerns. */
export const wireReason = z.string().trim().max(500).optional();
/** The answer of calls that have nothing to say beyond "it is on disk". */
export const doneOutput = z.object({ done: z.literal(true) });
