import { setTimeout as delay } from "node:timers/promises";
import type { WirePresence } from "../../../shared/wire/sync.ts";
import type { Contact, PresenceStore, StreamLog } from "../ports.ts";
import type { StreamSubscriber } from "../stream-subscriber.ts";
import type { SubscriberIndex } from "../subscriber-index.ts";
import { inSlices } from "./in-slices.ts";

/** What is still to be told of who came and went. What comes together is looked up together. */
export interface PresenceNews {
	/** Tells a new subscription how its people are. */
	greet(subscriber: StreamSubscriber): void;
	/** These people have come into rooms or left some, or choose anew who sees them: they and their contacts look again. */
	acquaint(userIds: readonly string[]): void;
	/** These people have come or gone. */
	moved(userIds: readonly string[]): void;
	stop(): void;
}

export interface PresenceNewsOptions {
	readonly store: PresenceStore;
	readonly subscribers: SubscriberIndex;
	readonly log: StreamLog;
	isOnline(userId: string): boolean;
	/** When somebody of another server was last there, as that one says. */
	remoteSeenAt(userId: string): number | undefined;
	/** Whether people of other servers are told of. */
	takesRemote(): boolean;
	/** How long what could not be told waits. */
	readonly retryMs?: number;
}

const gatherMs = 200;
const defaultRetryMs = 5_000;
/** How many people's contacts are in memory at a time: after a restart everybody is back at once, and what lives shortly is freed cheaply. */
const peopleAtOnce = 20;

interface Waiting {
	/** Who came or went. */
	readonly moved: Set<string>;
	/** Who sees, and is seen by, others than before. */
	readonly acquainted: Set<string>;
	/** New subscriptions, by person. */
	readonly newcomers: Map<string, StreamSubscriber[]>;
}

export const createPresenceNews = (options: PresenceNewsOptions): PresenceNews => {
	const { store, subscribers, log, takesRemote, retryMs = defaultRetryMs } = options;
	const stopped = new AbortController();
	let waiting = emptyWaiting();
	let isRunning = false;
	/** False: something could not be told, and waits again. */
	const tell = async (): Promise<boolean> => {
		const told = waiting;
		waiting = emptyWaiting();
		const userIds = [...new Set([...told.moved, ...told.acquainted, ...told.newcomers.keys()])];
		for (let at = 0; at < userIds.length && subscribers.size > 0; at += peopleAtOnce) {
			try {
				const contacts = await store.contactsOf(userIds.slice(at, at + peopleAtOnce), takesRemote());
				await inSlices(contacts, (pair) => tellPair(options, told, pair));
			} catch (error) {
				log.warn({ err: error }, "presence could not be told and is told later");
				for (const userId of userIds.slice(at)) waitAgain(waiting, told, userId);
				return false;
			}
		}
		return true;
	};
	const run = async (): Promise<void> => {
		for (let waitMs = gatherMs; isWaiting(waiting); ) {
			await delay(waitMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
			if (stopped.signal.aborted) return;
			waitMs = (await tell()) ? gatherMs : retryMs;
		}
		isRunning = false;
	};
	const begin = (): void => {
		if (isRunning) return;
		isRunning = true;
		void run();
	};
	const note = (userIds: readonly string[], among: Set<string>): void => {
		for (const userId of userIds) among.add(userId);
		if (userIds.length > 0) begin();
	};
	return {
		greet: (subscriber) => {
			const { newcomers } = waiting;
			newcomers.set(subscriber.userId, [...(newcomers.get(subscriber.userId) ?? []), subscriber]);
			begin();
		},
		acquaint: (userIds) => note(userIds, waiting.acquainted),
		moved: (userIds) => note(userIds, waiting.moved),
		stop: () => stopped.abort(),
	};
};

const emptyWaiting = (): Waiting => ({ moved: new Set(), acquainted: new Set(), newcomers: new Map() });

const isWaiting = ({ moved, acquainted, newcomers }: Waiting): boolean =>
	moved.size + acquainted.size + newcomers.size > 0;

const waitAgain = (waiting: Waiting, told: Waiting, userId: string): void => {
	if (told.moved.has(userId)) waiting.moved.add(userId);
	if (told.acquainted.has(userId)) waiting.acquainted.add(userId);
	const newcomers = [...(told.newcomers.get(userId) ?? []), ...(waiting.newcomers.get(userId) ?? [])];
	if (newcomers.length > 0) waiting.newcomers.set(userId, newcomers);
};

const tellPair = (options: PresenceNewsOptions, told: Waiting, pair: Contact): void => {
	const { subscribers } = options;
	const { userId, contactId } = pair;
	if (told.moved.has(userId) || told.acquainted.has(userId)) {
		const status = statusOf(options, pair);
		for (const subscriber of subscribers.of(contactId)) subscriber.pushPresence(status);
	}
	const newcomers = told.newcomers.get(userId);
	const isAcquainted = told.acquainted.has(userId);
	if (newcomers === undefined && !isAcquainted) return;
	const status = statusOf(options, reversed(pair));
	if (isAcquainted) for (const subscriber of subscribers.of(userId)) subscriber.pushPresence(status);
	// A new client takes everybody to be away since nobody knows when.
	else if (status.isOnline || status.lastSeenTs !== undefined) {
		for (const subscriber of newcomers ?? []) subscriber.pushPresence(status);
	}
};

/** How one person of a pair is, for the other. */
const statusOf = (options: PresenceNewsOptions, pair: Contact): WirePresence => {
	const { userId } = pair;
	if (pair.isHidden) return { userId, isOnline: false };
	const isOnline = options.isOnline(userId);
	const seenAt = isOnline ? undefined : (pair.seenAt ?? options.remoteSeenAt(userId));
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
