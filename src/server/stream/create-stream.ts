import { type EndedSessions, isAmong, type Viewer } from "../accounts/public.ts";
import { createAcknowledger } from "./acknowledge.ts";
import { createAudienceCache } from "./audience-cache.ts";
import { createTickDelivery } from "./deliver-ticks.ts";
import type { Bus, Poke, StreamLog, StreamReads, StreamStore } from "./ports.ts";
import { createStreamFollower } from "./stream-follower.ts";
import { type SubscribeOptions, subscribeToStream } from "./subscribe-to-stream.ts";

export interface StreamOptions {
	readonly store: StreamStore;
	readonly reads: StreamReads;
	readonly bus: Bus;
	readonly log: StreamLog;
	/** How often the database is asked without a poke: for what a process stored that died before it could tell. */
	readonly pollMs?: number;
}

const defaultPollMs = 5_000;

/** The area's use cases, following the stream from `start` to `stop`. */
export const createStream = ({ store, reads, bus, log, pollMs = defaultPollMs }: StreamOptions) => {
	const audiences = createAudienceCache(store, reads);
	const follower = createStreamFollower({ store, reads, audiences, log });
	const acknowledger = createAcknowledger({ store, bus, log });
	const ticks = createTickDelivery({
		store,
		audiences,
		subscribers: follower.subscribers,
		log,
		position: () => follower.position,
	});
	const listen = (poke: Poke): void => {
		if (poke.kind === "stream") follower.poke(poke.position);
		else if (poke.kind === "acknowledged") ticks.acknowledged(poke.userIds);
		else follower.poke();
	};
	let unsubscribe: (() => void) | undefined;
	let polling: NodeJS.Timeout | undefined;
	return {
		start: async (): Promise<void> => {
			unsubscribe = bus.subscribe(listen);
			await follower.start();
			follower.poke();
			polling = setInterval(() => follower.poke(), pollMs);
		},
		stop: async (): Promise<void> => {
			unsubscribe?.();
			clearInterval(polling);
			await acknowledger.close();
			await follower.stop();
		},
		subscribe: (options: SubscribeOptions) => subscribeToStream({ follower, reads }, options),
		acknowledge: (viewer: Viewer, position: number): void => {
			const { sessionId, userId } = viewer;
			acknowledger.acknowledge({ sessionId, userId, position: Math.min(position, follower.position) });
		},
		/** Ends the subscriptions of sessions that ended. */
		endSubscriptionsOf: (ended: EndedSessions): void => {
			for (const subscriber of [...follower.subscribers.of(ended.userId)]) {
				if (isAmong(ended, subscriber)) follower.unsubscribe(subscriber);
			}
		},
		/** Every client subscribes again from where it is; its session is looked up anew. */
		endAllSubscriptions: (): void => {
			for (const subscriber of [...follower.subscribers.all()]) follower.unsubscribe(subscriber);
		},
		isConnected: (): boolean => bus.isConnected(),
		/** For metrics. */
		counts: () => ({ subscribers: follower.subscribers.size, people: follower.subscribers.userCount }),
	};
};

export type Stream = ReturnType<typeof createStream>;
