import { z } from "zod";

/** What `navigator.credentials` is asked, in WebAuthn's JSON form. */
export const passkeyOptions = z.looseObject({ challenge: z.string() });

/** What it answered, in WebAuthn's JSON form; the server's library checks the rest. */
export const passkeyResponse = z.looseObject({
	id: z.string().regex(/^[\w-]{1,1400}$/),
	response: z.looseObject({ clientDataJSON: z.string().max(8192) }),
});

const name = z.string().trim().min(1).max(64);
const id = z.string().min(1).max(1400);

export const newPasskeyInput = z.object({ response: passkeyResponse, name });
export const renamePasskeyInput = z.object({ id, name });
export const passkeyInput = z.object({ id });
export const waysInOutput = z.object({
	hasPassword: z.boolean(),
	passkeys: z.array(z.object({ id, name: z.string(), createdAt: z.number(), lastUsedAt: z.number().optional() })),
});
