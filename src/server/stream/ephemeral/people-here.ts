import type { Bus, Clock, PresenceStore } from "../ports.ts";
import type { SubscriberIndex } from "../subscriber-index.ts";

/** Who is there at this process, as it tells the others. Somebody is while one of their pages is open and looked at. */
export interface PeopleHere {
	/** The person's pages here were opened, closed, looked at or left. */
	moved(userId: string): void;
	/** Others may not have heard: they are told again. */
	repeat(): void;
	/** Notes when the people here were last there. */
	noteSeen(): Promise<void>;
	/** Says that everybody here is gone. */
	stop(): Promise<void>;
}

export interface PeopleHereOptions {
	readonly store: PresenceStore;
	readonly subscribers: SubscriberIndex;
	readonly bus: Bus;
	readonly clock: Clock;
	/** Tells the processes of one database apart. */
	readonly processId: string;
	/** Runs what nobody waits for; a failure is logged. */
	quietly(work: () => Promise<void>): void;
}

/** Who reloads a page has not been away. */
const graceMs = 8_000;

export const createPeopleHere = (options: PeopleHereOptions): PeopleHere => {
	const { store, subscribers, bus, clock } = options;
	const here = new Set<string>();
	const leaving = new Map<string, NodeJS.Timeout>();
	const isActive = (userId: string): boolean => [...subscribers.of(userId)].some((subscriber) => subscriber.isActive);
	const say = (news: { readonly online: readonly string[]; readonly offline: readonly string[] }): void =>
		bus.publish({ kind: "presence", processId: options.processId, ...news });
	const noteSeen = async (userIds: readonly string[]): Promise<void> => {
		if (userIds.length > 0) await store.noteSeen(userIds, clock.now());
	};
	const leave = (userId: string): void => {
		leaving.delete(userId);
		if (isActive(userId) || !here.delete(userId)) return;
		options.quietly(async () => {
			// Noted first: whoever hears of it may ask since when.
			await noteSeen([userId]);
			say({ online: [], offline: [userId] });
		});
	};
	return {
		moved: (userId) => {
			if (isActive(userId)) {
				clearTimeout(leaving.get(userId));
				leaving.delete(userId);
				if (here.has(userId)) return;
				here.add(userId);
				say({ online: [userId], offline: [] });
			} else if (here.has(userId) && !leaving.has(userId)) {
				const timer = setTimeout(() => leave(userId), graceMs);
				leaving.set(userId, timer);
			}
		},
		repeat: () => {
			if (here.size > 0) say({ online: [...here], offline: [] });
		},
		noteSeen: () => noteSeen([...here]),
		stop: async () => {
			for (const timer of leaving.values()) clearTimeout(timer);
			leaving.clear();
			if (here.size === 0) return;
			const gone = [...here];
			here.clear();
			say({ online: [], offline: gone });
			await noteSeen(gone);
		},
	};
};
