import type { StreamSubscriber } from "./stream-subscriber.ts";

/** The subscriptions of this process, by person. */
export interface SubscriberIndex {
	readonly size: number;
	add(subscriber: StreamSubscriber): void;
	remove(subscriber: StreamSubscriber): void;
	has(userId: string): boolean;
	of(userId: string): Iterable<StreamSubscriber>;
	countOf(userId: string): number;
	userIds(): Iterable<string>;
	/** How many people are connected. */
	readonly userCount: number;
	all(): Iterable<StreamSubscriber>;
}

const none: ReadonlySet<StreamSubscriber> = new Set();

export const createSubscriberIndex = (): SubscriberIndex => {
	const byUser = new Map<string, Set<StreamSubscriber>>();
	let size = 0;
	return {
		get size() {
			return size;
		},
		get userCount() {
			return byUser.size;
		},
		add: (subscriber) => {
			const own = byUser.get(subscriber.userId) ?? new Set();
			byUser.set(subscriber.userId, own.add(subscriber));
			size += 1;
		},
		remove: (subscriber) => {
			const own = byUser.get(subscriber.userId);
			if (own?.delete(subscriber) !== true) return;
			size -= 1;
			if (own.size === 0) byUser.delete(subscriber.userId);
		},
		has: (userId) => byUser.has(userId),
		of: (userId) => byUser.get(userId) ?? none,
		countOf: (userId) => byUser.get(userId)?.size ?? 0,
		userIds: () => byUser.keys(),
		*all() {
			for (const own of byUser.values()) yield* own;
		},
	};
};
