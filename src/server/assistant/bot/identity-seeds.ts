import * as z from "zod";
import type { IdentitySeeds } from "./engine/engine-messages.ts";

/** As they are kept, sealed. */
export const identitySeeds: z.ZodType<IdentitySeeds> = z.object({
	master: z.string(),
	selfSigning: z.string(),
	userSigning: z.string(),
});
