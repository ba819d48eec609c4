import { z } from "zod";

/** The name of a person or a room as people read it. */
export const wireName = z.string().trim().min(1).max(120);
/** Why somebody did something, for those whom it concerns. */
export const wireReason = z.string().trim().max(500).optional();
/** The answer of calls that have nothing to say beyond "it is on disk". */
export const doneOutput = z.object({ done: z.literal(true) });
