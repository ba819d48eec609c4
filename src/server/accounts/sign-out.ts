import type { AccountsEnvironment } from "./accounts-environment.ts";
import type { Viewer } from "./viewer.ts";

/** Ends the session: its row first, then, in every process, its sockets. A second call changes nothing. */
export const signOut = async ({ store, control, clock, log }: AccountsEnvironment, viewer: Viewer): Promise<void> => {
	if (await store.revokeSession(viewer.sessionId, clock.now())) {
		log.info({ userId: viewer.userId, deviceId: viewer.deviceId }, "signed out");
	}
	await control.publish({ kind: "sessions-revoked", userId: viewer.userId, sessionId: viewer.sessionId });
};
