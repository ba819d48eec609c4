import * as z from "zod";

/** Words with dots between: `kith.privacy`, `m.secret_storage.key.` and the id that a client made up for a key. */
export const wireAccountDataType = z
	.string()
	.min(1)
	.max(128)
	.regex(/^[a-z][a-z0-9_]*(\.[A-Za-z0-9_~-]+)*$/);

/** What a person's clients keep with the account. Matrix v1.19 Client-Server API, "Client Config". */
export const wireAccountData = z.object({ type: wireAccountDataType, content: z.record(z.string(), z.unknown()) });

export const readAccountDataInput = z.object({ type: wireAccountDataType });
/** Absent: nothing was ever kept under this type. */
export const readAccountDataOutput = z.object({ content: wireAccountData.shape.content.optional() });

export type WireAccountData = z.infer<typeof wireAccountData>;
