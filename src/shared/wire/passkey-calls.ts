import * as z from "zod";
import { passkeyResponse } from "./passkey-response.ts";
import { personProof } from "./person-proof.ts";

/** What `navigator.credentials` is asked, in WebAuthn's JSON form. */
export const passkeyOptions = z.looseObject({ challenge: z.string() });

const name = z.string().trim().min(1).max(64);
const id = z.string().min(1).max(1400);

export const newPasskeyInput = z.object({ response: passkeyResponse, name });
export const renamePasskeyInput = z.object({ id, name });
export const addPasskeyInput = z.object({ proof: personProof });
export const removePasskeyInput = z.object({ id, proof: personProof });
export const waysInOutput = z.object({
	hasPassword: z.boolean(),
	/** Whether the identity provider has just said, in this session, that the person is there. */
	isConfirmed: z.boolean(),
	passkeys: z.array(z.object({ id, name: z.string(), createdAt: z.number(), lastUsedAt: z.number().optional() })),
});
