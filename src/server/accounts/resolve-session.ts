import type { AccountsEnvironment } from "./accounts-environment.ts";
import type { Viewer } from "./viewer.ts";

/** How exact "last used" is: a write per request would cost more than it tells. */
const touchIntervalMs = 60 * 60 * 1000;
/** A device that was not used for this long signs in anew. */
export const idleLimitMs = 180 * 24 * 60 * 60 * 1000;

/**
 * True: somebody ended this session, or closed the account. Not so one that was idle too long, or that is unknown: what a
 * device may keep after it depends on which.
 */
export const wasRevoked = async ({ store }: AccountsEnvironment, sessionId: string): Promise<boolean> =>
	isSessionId(sessionId) && (await store.findSession(sessionId))?.isEnded === true;

const isSessionId = (text: string): boolean => /^[\w-]{1,64}$/.test(text);

/** Who holds the session; undefined when there is none, it was revoked, was idle too long or its person is disabled. */
export const resolveSession = async (
	{ store, clock }: Pick<AccountsEnvironment, "store" | "clock">,
	sessionId: string,
): Promise<Viewer | undefined> => {
	const session = isSessionId(sessionId) ? await store.findSession(sessionId) : undefined;
	const idleMs = clock.now() - (session?.lastUsedAt ?? 0);
	if (session === undefined || session.isEnded || idleMs > idleLimitMs) {
		return undefined;
	}
	if (idleMs > touchIntervalMs) {
		await store.touchSession(sessionId, clock.now());
	}
	const { userId, deviceId, isOwner } = session;
	return { userId, sessionId, deviceId, isOwner };
};
