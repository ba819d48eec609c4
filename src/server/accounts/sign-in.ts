import { AppError } from "../../shared/app-error.ts";
import type { AccountsEnvironment } from "./accounts-environment.ts";
import { admitSignIn } from "./admit-sign-in.ts";
import { cleanDeviceName } from "./check-display-name.ts";
import { localpartOfSignInName } from "./check-localpart.ts";
import { normalizePassword } from "./check-password.ts";
import { newDeviceId, newSessionId } from "./random-names.ts";
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
	const { store, passwords, limiters, randomBytes } = environment;
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
	const session = {
		sessionId: newSessionId(randomBytes),
		userId: account.userId,
		deviceId: newDeviceId(randomBytes),
		deviceName: cleanDeviceName(request.deviceName),
	};
	// The password may have been reset, or the account disabled, while the hash was computed.
	if (!(await store.createSession(session, account.passwordHash))) {
		throw new AppError("wrong-credentials");
	}
	environment.log.info({ userId: account.userId, deviceId: session.deviceId }, "signed in");
	const { userId, sessionId, deviceId } = session;
	return { userId, sessionId, deviceId, isOwner: account.isOwner };
};

/** Accounts have ASCII names: anything else is unknown without asking the database, which refuses U+0000. */
const isSearchable = (localpart: string): boolean => localpart.length <= 255 && /^[\x21-\x7e]+$/.test(localpart);
