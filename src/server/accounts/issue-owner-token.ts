import type { AccountsEnvironment } from "./accounts-environment.ts";
import { hashSecretToken, newSecretToken } from "./random-names.ts";

/**
 * The token of the one-time link that makes the owner's account; undefined once there is an owner. Only its hash is
 * stored, so each call makes a new one and the ones before stop working.
 */
export const issueOwnerToken = async ({ store, randomBytes }: AccountsEnvironment): Promise<string | undefined> => {
	if (await store.hasOwner()) {
		return undefined;
	}
	const token = newSecretToken(randomBytes);
	return (await store.replaceOwnerToken(hashSecretToken(token))) ? token : undefined;
};
