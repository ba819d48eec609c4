import type { EndedSessions } from "./control-message.ts";

/** Notices that sessions ended, in whichever process. */
export const createSessionNotices = () => {
	let sessionEndings = 0;
	const listeners = new Set<(ended: EndedSessions) => void>();
	return {
		/** Counts the notices: what was known of sessions before a new one must be asked again. */
		sessionEndings: () => sessionEndings,
		/** Called with what a control message says, or with nothing when messages may have been missed. */
		noteSessionsEnded: (ended?: EndedSessions): void => {
			sessionEndings += 1;
			if (ended === undefined) return;
			for (const listener of listeners) listener(ended);
		},
		/** Answers how to stop listening. */
		onSessionsEnded: (listener: (ended: EndedSessions) => void): (() => void) => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
};
