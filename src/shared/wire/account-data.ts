import { z } from "zod";

/** Lower case words with dots between: `kith.privacy`. */
export const wireAccountDataType = z
	.string()
	.min(1)
	.max(64)
	.regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/);

/** What a person's clients keep with the account. Matrix v1.19 Client-Server API, "Client Config". */
export const wireAccountData = z.object({ type: wireAccountDataType, content: z.record(z.string(), z.unknown()) });

export type WireAccountData = z.infer<typeof wireAccountData>;
