/** Who is there, as all processes say. */
export interface OnlinePeople {
	/** One process said so; returns those for whom it makes a difference. */
	heard(news: {
		readonly processId: string;
		readonly online: readonly string[];
		readonly offline: readonly string[];
	}): readonly string[];
	has(userId: string): boolean;
	/** Forgets processes that have been silent for too long; returns those who are gone with them. */
	forgetSilent(): readonly string[];
}

/** A process says who is there once a minute. */
const holdsMs = 150_000;

export const createOnlinePeople = (clock: { now(): number }): OnlinePeople => {
	/** By person: until when each process vouches for them. */
	const people = new Map<string, Map<string, number>>();
	const changing = (userIds: Iterable<string>, change: (userId: string) => void): readonly string[] => {
		const moved: string[] = [];
		for (const userId of new Set(userIds)) {
			const was = people.has(userId);
			change(userId);
			if (people.get(userId)?.size === 0) people.delete(userId);
			if (people.has(userId) !== was) moved.push(userId);
		}
		return moved;
	};
	return {
		heard: ({ processId, online, offline }) => {
			const until = clock.now() + holdsMs;
			const come = changing(online, (userId) => {
				people.set(userId, (people.get(userId) ?? new Map<string, number>()).set(processId, until));
			});
			const gone = changing(offline, (userId) => people.get(userId)?.delete(processId));
			return [...come, ...gone];
		},
		has: (userId) => people.has(userId),
		forgetSilent: () => {
			const now = clock.now();
			return changing([...people.keys()], (userId) => {
				const vouchers = people.get(userId);
				for (const [processId, until] of vouchers ?? []) if (until <= now) vouchers?.delete(processId);
			});
		},
	};
};
