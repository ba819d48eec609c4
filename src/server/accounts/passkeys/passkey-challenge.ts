import * as z from "zod";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import { type GrantKind, takeGrant } from "../one-time-grants.ts";
import type { NewPasskey } from "../ports.ts";
import type { PasskeyResponse, RelyingParty } from "./ceremonies.ts";

const lifetimeMs = 10 * 60_000;

/** Challenges by what they may be answered for: one that was asked for somewhere counts nowhere else. */
export const signInChallenge: GrantKind<z.ZodObject> = { name: "passkey-sign-in", data: z.object({}), lifetimeMs };

export const signUpChallenge = {
	name: "passkey-sign-up",
	data: z.object({ userHandle: z.string() }),
	lifetimeMs,
};

/** Belongs to the session in which it was asked for. */
export const addChallenge = {
	name: "passkey-add",
	data: z.object({ sessionId: z.string(), userHandle: z.string() }),
	lifetimeMs,
};

export const confirmChallenge = { name: "passkey-confirm", data: z.object({ sessionId: z.string() }), lifetimeMs };

export interface PasskeyAnswer {
	readonly response: PasskeyResponse;
	readonly relyingParty: RelyingParty;
}

/** The data of the challenge that a response answers, and the challenge; each counts once, good answer or not. */
export const takeChallenge = async <Data extends z.ZodType>(
	environment: AccountsEnvironment,
	kind: GrantKind<Data>,
	{ response }: PasskeyAnswer,
): Promise<{ readonly challenge: string; readonly data: z.output<Data> } | undefined> => {
	const challenge = environment.ceremonies.challengeOf(response);
	const data = challenge === undefined ? undefined : await takeGrant(environment, kind, challenge);
	return challenge === undefined || data === undefined ? undefined : { challenge, data };
};

/** A new credential that answers the challenge under this handle. */
export const readNewPasskey = async (
	{ ceremonies }: AccountsEnvironment,
	{ response, relyingParty }: PasskeyAnswer,
	taken: { readonly challenge: string; readonly userHandle: string; readonly name: string },
): Promise<NewPasskey | undefined> => {
	const { challenge, userHandle, name } = taken;
	const credential = await ceremonies.verifyCreation(response, { relyingParty, challenge });
	return credential === undefined ? undefined : { ...credential, userHandle, name };
};
