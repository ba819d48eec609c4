import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { admitSignIn } from "./admit-sign-in.ts";
import { localpartOfSignInName } from "./check-localpart.ts";
import { normalizePassword } from "./check-password.ts";
import { openSession } from "./open-session.ts";
import type { Viewer } from "./viewer.ts";

export interface SignInRequest {
	/** A localpart or a whole user id, as somebody typed it. */
	readonly username: string;
	readonly password: string;
	readonly deviceName: string;
	/** The caller's network address. */
	readonly address: string;
	/** By user id: the accounts that were signed in on the caller's device before, each with a key of this device. */
	readonly knownDevices?: ReadonlyMap<string, string> | undefined;
}

/**
 * Checks a password and makes a session for the device. An unknown name costs the same work, gets the same answer and
 * meets the same limits as a wrong password; that an account is disabled is told only to who knows its password.
 */
export const signIn = async (environment: AccountsEnvironment, request: SignInRequest): Promise<Viewer> => {
	const { store, passwords, limiters } = environment;
	const localpart = localpartOfSignInName(request.username, environment.serverName);
	const deviceKey = request.knownDevices?.get(`@${localpart}:${environment.serverName}`);
	const admission = admitSignIn(limiters, { localpart, address: request.address, deviceKey });
	const account = isSearchable(localpart) ? await store.findAccount(localpart) : undefined;
	const isRight = await passwords.verify(normalizePassword(request.password), account?.passwordHash);
	if (account === undefined || !isRight) {
		throw new AppError("wrong-credentials");
	}
	admission.succeeded();
	if (account.isDisabled) {
		throw new AppError("account-disabled");
	}
	// The password may have been reset, or the account disabled, while the hash was computed.
	const { deviceName } = request;
	const viewer = await openSession(environment, { account, deviceName, passwordHash: account.passwordHash });
	if (viewer === undefined) throw new AppError("wrong-credentials");
	return viewer;
};

/** Accounts have ASCII names: anything else is unknown without asking the database, which refuses U+0000. */
const isSearchable = (localpart: string): boolean => localpart.length <= 255 && /^[\x21-\x7e]+$/.test(localpart);
