import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { AccountsEnvironment } from "../accounts-environment.ts";
import type { PasskeyAnswer } from "./passkey-challenge.ts";

/**
 * Whose passkey answered the challenge, which was taken before; undefined when it does not verify. An authenticator's
 * count that does not grow, or that another use has moved meanwhile, is a copy's and refused.
 */
export const checkPasskeyUse = async (
	{ store, ceremonies, clock }: AccountsEnvironment,
	{ response, relyingParty }: PasskeyAnswer,
	challenge: string,
): Promise<UserId | undefined> => {
	const passkey = await store.findPasskey(response.id);
	if (passkey === undefined) return undefined;
	const count = await ceremonies.verifyUse(response, { relyingParty, challenge, passkey });
	if (count === undefined) return undefined;
	const use = { id: passkey.id, countBefore: passkey.signCount, count, now: clock.now() };
	return (await store.notePasskeyUse(use)) ? passkey.userId : undefined;
};
