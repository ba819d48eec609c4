import * as z from "zod";

/** What `navigator.credentials` answered, in WebAuthn's JSON form; the server's library checks the rest. */
export const passkeyResponse = z.looseObject({
	id: z.string().regex(/^[\w-]{1,1400}$/),
	response: z.looseObject({ clientDataJSON: z.string().max(8192) }),
});
