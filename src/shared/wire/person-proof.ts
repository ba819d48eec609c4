import * as z from "zod";
import { passkeyResponse } from "./passkey-response.ts";

export const password = z.string().min(1).max(512);

/** That the account's own person is there: asked before what cannot be taken back. */
export const personProof = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("password"), password }),
	z.object({ kind: z.literal("passkey"), response: passkeyResponse }),
	/** That they were at their identity provider just now: what says so is a cookie. */
	z.object({ kind: z.literal("provider") }),
]);
