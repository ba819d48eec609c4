import type { WirePresence } from "../../../shared/wire/sync.ts";
import type { Bus, Clock, Contact, Poke, StreamLog, StreamStore } from "../ports.ts";
import type { StreamSubscriber } from "../stream-subscriber.ts";
import type { SubscriberIndex } from "../subscriber-index.ts";
import { inSlices } from "./in-slices.ts";
import { createOnlinePeople } from "./online-people.ts";
import { createPeopleHere, type PeopleHere } from "./people-here.ts";

/**
 * Who is there and who was when. A person is there while one of their pages is open and looked at. Told to the people of
 * their direct chats and small groups, and to nobody when either of the two keeps it to themselves.
 */
export interface Presence extends Pick<PeopleHere, "moved" | "repeat"> {
	/** Tells a new subscription how its people are. */
	greet(subscriber: StreamSubscriber): Promise<void>;
	/** These people have come into rooms or left some, or choose anew who sees them: they and their contacts look again. */
	acquaint(userIds: readonly string[]): void;
	heard(poke: Extract<Poke, { readonly kind: "presence" }>): void;
	start(): void;
	/** Says that everybody here is gone. */
	stop(): Promise<void>;
}

export interface PresenceOptions {
	readonly store: StreamStore;
	readonly subscribers: SubscriberIndex;
	readonly bus: Bus;
	readonly clock: Clock;
	readonly log: StreamLog;
	/** Tells the processes of one database apart. */
	readonly processId: string;
}

const heartbeatMs = 60_000;
const gatherMs = 200;

export const createPresence = (options: PresenceOptions): Presence => {
	const { store, subscribers, clock, log } = options;
	const quietly = (work: () => Promise<void>): void => {
		work().catch((error: unknown) => log.warn({ err: error }, "presence could not be told"));
	};
	const here = createPeopleHere({ ...options, quietly });
	const online = createOnlinePeople(clock);
	let changed = new Set<string>();
	let strangers = new Set<string>();
	let gathering: NodeJS.Timeout | undefined;
	let heartbeat: NodeJS.Timeout | undefined;
	const tell = async (): Promise<void> => {
		gathering = undefined;
		const [movers, met] = [changed, strangers];
		[changed, strangers] = [new Set(), new Set()];
		if (subscribers.size === 0) return;
		await inSlices(await store.contactsOf([...new Set([...movers, ...met])]), (pair) => {
			push(subscribers, pair.contactId, statusOf(pair, online.has(pair.userId)));
			if (met.has(pair.userId)) push(subscribers, pair.userId, statusOf(reversed(pair), online.has(pair.contactId)));
		});
	};
	const note = (userIds: readonly string[], among: Set<string>): void => {
		for (const userId of userIds) among.add(userId);
		if (userIds.length > 0) gathering ??= setTimeout(() => quietly(tell), gatherMs);
	};
	return {
		moved: here.moved,
		greet: async (subscriber) => {
			for (const pair of await store.contactsOf([subscriber.userId])) {
				const status = statusOf(reversed(pair), online.has(pair.contactId));
				if (status.isOnline || status.lastSeenTs !== undefined) subscriber.pushPresence(status);
			}
		},
		acquaint: (userIds) => note(userIds, strangers),
		heard: (poke) => note(online.heard(poke), changed),
		repeat: here.repeat,
		start: () => {
			heartbeat = setInterval(() => {
				here.repeat();
				note(online.forgetSilent(), changed);
				quietly(here.noteSeen);
			}, heartbeatMs);
		},
		stop: async () => {
			clearInterval(heartbeat);
			clearTimeout(gathering);
			await here.stop().catch((error: unknown) => log.warn({ err: error }, "who was here could not be noted"));
		},
	};
};

/** How one person of a pair is, for the other. */
const statusOf = (pair: Contact, isOnline: boolean): WirePresence => {
	const { userId } = pair;
	if (pair.isHidden) return { userId, isOnline: false };
	const seenAt = isOnline ? undefined : pair.seenAt;
	return { userId, isOnline, ...(seenAt === undefined ? {} : { lastSeenTs: toMinute(seenAt) }) };
};

const toMinute = (ts: number): number => Math.floor(ts / 60_000) * 60_000;

const reversed = (pair: Contact): Contact => ({
	userId: pair.contactId,
	contactId: pair.userId,
	seenAt: pair.contactSeenAt,
	contactSeenAt: pair.seenAt,
	isHidden: pair.isHidden,
});

const push = (subscribers: SubscriberIndex, userId: string, status: WirePresence): void => {
	for (const subscriber of subscribers.of(userId)) subscriber.pushPresence(status);
};
