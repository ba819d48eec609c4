import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { normalizePassword } from "./check-password.ts";
import type { StoredAccount, StoredCredentials } from "./ports.ts";
import type { Viewer } from "./viewer.ts";

/** That it is still the account's own person who sits at the device: asked before what cannot be taken back. */
export interface PersonProof {
	readonly password: string;
}

/**
 * The viewer's account, once the proof is good. Throws AppError `wrong-credentials`, or `too-many-requests` for whoever
 * guesses at a device that was left open.
 */
export const confirmPerson = async (
	{ store, passwords, limiters }: AccountsEnvironment,
	viewer: Viewer,
	proof: PersonProof,
): Promise<StoredAccount & StoredCredentials> => {
	limiters.confirmByAccount.begin(viewer.userId);
	const account = await store.findAccountById(viewer.userId);
	const isRight = await passwords.verify(normalizePassword(proof.password), account?.passwordHash);
	if (account === undefined || !isRight) throw new AppError("wrong-credentials");
	limiters.confirmByAccount.clear(viewer.userId);
	return account;
};
