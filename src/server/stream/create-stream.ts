import type { WirePrivacy } from "../../shared/wire/privacy.ts";
import { type EndedSessions, isAmong, type Viewer } from "../accounts/public.ts";
import { createAccountData, readPrivacy } from "./account-data.ts";
import { createAcknowledger } from "./acknowledge.ts";
import { createAudienceCache } from "./audience-cache.ts";
import { createTickDelivery, type TickDelivery } from "./deliver-ticks.ts";
import type { StreamDevice } from "./device-ports.ts";
import { createPresence, type Presence } from "./ephemeral/presence.ts";
import { createTyping, type Typing } from "./ephemeral/typing.ts";
import { followJoining, type JoiningQuery } from "./follow-joining.ts";
import type { Bus, Clock, Poke, StreamLog, StreamReads, StreamStore } from "./ports.ts";
import { createStreamFollower, type StreamFollower } from "./stream-follower.ts";
import { type SubscribeOptions, subscribeToStream } from "./subscribe-to-stream.ts";
import { createSubscriberIndex, type SubscriberIndex } from "./subscriber-index.ts";

export interface StreamOptions {
	readonly store: StreamStore;
	readonly reads: StreamReads;
	readonly bus: Bus;
	readonly log: StreamLog;
	readonly clock: Clock;
	/** Tells the processes of one database apart. */
	readonly processId: string;
	/** Whether the owner wants to know who is there at other servers; absent: no. */
	readonly takesRemotePresence?: () => boolean;
	/** These people may see others, or be seen by others, than before. */
	readonly onAcquainted?: (userIds: readonly string[]) => void;
	/** How often the database is asked without a poke: for what a process stored that died before it could tell. */
	readonly pollMs?: number;
}

const defaultPollMs = 5_000;

/** The area's use cases, following the stream from `start` to `stop`. */
export const createStream = (options: StreamOptions) => {
	const { store, reads, bus, log, pollMs = defaultPollMs } = options;
	const subscribers = createSubscriberIndex();
	const audiences = createAudienceCache(store, reads);
	/** Their own devices know; of who has none here, the database. */
	const privacyOf = async (userId: string): Promise<WirePrivacy> => {
		for (const { privacy } of subscribers.of(userId)) return privacy;
		return readPrivacy(store, userId);
	};
	const tells = async (userId: string): Promise<boolean> => (await privacyOf(userId)).typing;
	const presence = createPresence({ ...options, subscribers });
	const typing = createTyping({ ...options, subscribers, audiences, tells });
	let droppedEphemerals = 0;
	const follower = createStreamFollower({
		...{ ...options, subscribers, audiences },
		onAcquainted: both(presence.acquaint, options.onAcquainted),
		onDropped: (count) => {
			droppedEphemerals += count;
		},
	});
	const acknowledger = createAcknowledger({ store, bus, log });
	const ticks = createTickDelivery({ store, audiences, subscribers, log, position: () => follower.position });
	const listen = listener({ follower, ticks, typing, presence, subscribers });
	let unsubscribe: (() => void) | undefined;
	let polling: NodeJS.Timeout | undefined;
	return {
		start: async (): Promise<void> => {
			unsubscribe = bus.subscribe(listen);
			await follower.start();
			follower.poke();
			presence.start();
			polling = setInterval(() => follower.poke(), pollMs);
		},
		stop: async (): Promise<void> => {
			await presence.stop();
			typing.stop();
			unsubscribe?.();
			clearInterval(polling);
			await acknowledger.close();
			await follower.stop();
		},
		subscribe: (wanted: SubscribeOptions) => subscribeToStream({ follower, reads, store, presence }, wanted),
		followJoining: ({ userId }: Viewer, query: Omit<JoiningQuery, "userId">) =>
			followJoining(bus, { ...query, userId }),
		acknowledge: ({ sessionId, userId }: Viewer, position: number): void => {
			acknowledger.acknowledge({ sessionId, userId, position: Math.min(position, follower.position) });
		},
		/** The device of the session has processed what was sent to it up to there, and it is let go. */
		acknowledgeToDevice: (viewer: Viewer, position: number) => store.acknowledgeToDevice(viewer, position),
		setTyping: ({ userId }: Viewer, input: { readonly roomId: string; readonly isTyping: boolean }): Promise<void> =>
			typing.set({ ...input, userId }),
		/** Whether somebody looks at the page that has this subscription. */
		setActive: (
			{ userId, sessionId }: Viewer,
			page: { readonly clientId: string; readonly isActive: boolean },
		): void => {
			for (const subscriber of subscribers.of(userId)) {
				if (subscriber.sessionId === sessionId && subscriber.clientId === page.clientId)
					subscriber.isActive = page.isActive;
			}
			presence.moved(userId);
		},
		...createAccountData(options),
		privacyOf,
		/** Ends the subscriptions of sessions that ended. */
		endSubscriptionsOf: (ended: EndedSessions): void => {
			for (const subscriber of [...subscribers.of(ended.userId)]) {
				if (isAmong(ended, subscriber)) follower.unsubscribe(subscriber);
			}
		},
		/** Every client subscribes again from where it is; its session is looked up anew. */
		endAllSubscriptions: (): void => {
			for (const subscriber of [...subscribers.all()]) follower.unsubscribe(subscriber);
		},
		isConnected: bus.isConnected,
		/** For metrics. */
		counts: () => ({ subscribers: subscribers.size, people: subscribers.userCount, droppedEphemerals }),
	};
};

const both =
	<Value>(one: (value: Value) => void, other: ((value: Value) => void) | undefined) =>
	(value: Value): void => {
		one(value);
		other?.(value);
	};

interface Listeners {
	readonly follower: StreamFollower;
	readonly ticks: TickDelivery;
	readonly typing: Typing;
	readonly presence: Presence;
	readonly subscribers: SubscriberIndex;
}

const listener =
	({ follower, ticks, typing, presence, subscribers }: Listeners) =>
	(poke: Poke): void => {
		if (poke.kind === "stream") follower.poke(poke.position, poke.news?.roomNids);
		else if (poke.kind === "acknowledged") ticks.acknowledged(poke.userIds);
		else if (poke.kind === "delivered") ticks.delivered(poke.roomNids);
		else if (poke.kind === "keys") tellOfCounts(subscribers, poke.devices);
		else if (poke.kind === "typing") typing.heard(poke.changes);
		else if (poke.kind === "presence" || poke.kind === "remotePresence") presence.heard(poke);
		else if (poke.kind === "resync") {
			follower.poke();
			presence.repeat();
		}
	};

/** A device whose keys were handed out makes new ones. */
const tellOfCounts = (subscribers: SubscriberIndex, devices: readonly StreamDevice[]): void => {
	for (const { userId, deviceId } of devices) {
		for (const subscriber of subscribers.of(userId)) {
			if (subscriber.deviceId === deviceId) subscriber.pushDeviceNews({ counts: true });
		}
	}
};

export type Stream = ReturnType<typeof createStream>;
