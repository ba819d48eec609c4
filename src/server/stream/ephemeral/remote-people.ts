import type { Clock, RemotePresence } from "../ports.ts";

/** How people of other servers are, as far as their servers said and this process heard. */
export interface RemotePeople {
	/** Returns those for whom it makes a difference. */
	heard(people: readonly RemotePresence[]): readonly string[];
	isOnline(userId: string): boolean;
	/** When they were last there; undefined: nobody said. */
	seenAt(userId: string): number | undefined;
	/** Takes those for away whose servers are silent, and forgets what is old; returns those who are away by it. */
	forgetSilent(): readonly string[];
	/** Forgets everybody; returns those who had been there. */
	forgetAll(): readonly string[];
}

/** A server repeats itself every twenty-five minutes at the latest. */
const onlineHoldsMs = 31 * 60_000;
const heldMs = 24 * 3_600_000;
/** Those of whom nothing was said for longest go first. */
const mostPeople = 20_000;

interface Known {
	readonly isOnline: boolean;
	readonly seenAt: number | undefined;
	readonly heardAt: number;
}

export const createRemotePeople = (clock: Clock): RemotePeople => {
	const people = new Map<string, Known>();
	const isOnline = (userId: string): boolean => people.get(userId)?.isOnline === true;
	return {
		heard: (said) => {
			const moved: string[] = [];
			for (const { userId, isOnline: isThere, seenAt } of said) {
				const before = people.get(userId);
				people.delete(userId);
				people.set(userId, { isOnline: isThere, seenAt, heardAt: clock.now() });
				if (before?.isOnline !== isThere || (!isThere && before.seenAt !== seenAt)) moved.push(userId);
				const [oldest] = people.keys();
				if (people.size > mostPeople && oldest !== undefined) people.delete(oldest);
			}
			return moved;
		},
		isOnline,
		seenAt: (userId) => people.get(userId)?.seenAt,
		forgetSilent: () => {
			const now = clock.now();
			const gone: string[] = [];
			for (const [userId, known] of people) {
				const silentMs = now - known.heardAt;
				if (silentMs >= heldMs) people.delete(userId);
				else if (known.isOnline && silentMs >= onlineHoldsMs) {
					people.set(userId, { ...known, isOnline: false });
					gone.push(userId);
				}
			}
			return gone;
		},
		forgetAll: () => {
			const gone = [...people.keys()].filter(isOnline);
			people.clear();
			return gone;
		},
	};
};
