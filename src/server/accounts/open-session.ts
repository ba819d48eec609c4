import type { AccountsEnvironment } from "./accounts-environment.ts";
import { cleanDeviceName } from "./check-display-name.ts";
import type { StoredAccount } from "./ports.ts";
import { newDeviceId, newSessionId } from "./random-names.ts";
import type { Viewer } from "./viewer.ts";

export interface SessionRequest {
	readonly account: StoredAccount;
	readonly deviceName: string;
	/** Given: the session is made only while this is the account's password. */
	readonly passwordHash?: string | undefined;
}

/** Makes a session for somebody who has shown who they are; undefined when the account changed meanwhile. */
export const openSession = async (
	{ store, randomBytes, log }: AccountsEnvironment,
	{ account, deviceName, passwordHash }: SessionRequest,
): Promise<Viewer | undefined> => {
	const session = {
		sessionId: newSessionId(randomBytes),
		userId: account.userId,
		deviceId: newDeviceId(randomBytes),
		deviceName: cleanDeviceName(deviceName),
	};
	if (!(await store.createSession(session, passwordHash))) return undefined;
	const { userId, sessionId, deviceId } = session;
	log.info({ userId, deviceId }, "signed in");
	return { userId, sessionId, deviceId, isOwner: account.isOwner };
};
