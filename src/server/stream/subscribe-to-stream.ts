import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import { privacyType } from "../../shared/wire/privacy-choices.ts";
import type { WireRoomDelta, WireStreamItem, WireSyncItem } from "../../shared/wire/sync.ts";
import { toWireAccountData } from "./account-data.ts";
import { createDeviceNewsReader, type DeviceNewsPart, type DeviceNewsReader } from "./device-news.ts";
import type { DeviceNewsStore } from "./device-ports.ts";
import type { Presence } from "./ephemeral/presence.ts";
import type { AccountDataStore, StoredAccountData, StreamReads } from "./ports.ts";
import { asShownTo, privacyIn } from "./privacy.ts";
import type { StreamFollower } from "./stream-follower.ts";
import type { StreamNews, StreamSubscriber } from "./stream-subscriber.ts";

export interface SubscribeOptions {
	readonly userId: UserId;
	readonly sessionId: string;
	readonly clientId?: string | undefined;
	/** Given: what is for this device and its crypto engine comes along. */
	readonly deviceId?: string | undefined;
	/** The device has processed and kept the messages to it up to here. */
	readonly toDevicePosition?: number | undefined;
	/** The position of the last item the client applied. */
	readonly since: number | undefined;
	readonly windowSize: number;
	readonly timelineLimit: number;
	readonly signal: AbortSignal;
}

/** One item for the client, with the position up to which it makes the client complete. */
export interface PositionedItem {
	readonly position: number;
	readonly item: WireSyncItem;
}

/** What subscriptions are made of. */
export interface SubscriptionSources {
	readonly follower: StreamFollower;
	readonly reads: StreamReads;
	readonly store: AccountDataStore & DeviceNewsStore;
	readonly presence: Presence;
}

/** A client that missed more positions than this begins afresh. */
const longestGap = 200_000;
const catchUpMs = 2_000;
/** Far more than the tabs and devices of one person. */
const maxSubscriptionsOfPerson = 100;

/**
 * Everything that happens to one person, from where their client is: first the gap (or a fresh start), then what comes.
 * The subscription is registered before the gap is read, so nothing falls between, and nothing comes twice.
 */
export async function* subscribeToStream(
	sources: SubscriptionSources,
	options: SubscribeOptions,
): AsyncGenerator<PositionedItem, void, undefined> {
	const { follower, presence } = sources;
	// Another process may have told the client of positions that this one has not read yet.
	if (options.since !== undefined) await follower.reach(options.since, catchUpMs);
	if (options.signal.aborted) return;
	if (follower.subscribers.countOf(options.userId) >= maxSubscriptionsOfPerson) {
		throw new AppError("too-many-requests", { retryAfterMs: 10_000 });
	}
	const subscriber = follower.subscribe(options);
	const end = (): void => {
		follower.unsubscribe(subscriber);
		presence.moved(options.userId);
	};
	options.signal.addEventListener("abort", end, { once: true });
	try {
		const from = follower.position;
		const devices = await openDeviceNews(sources.store, options);
		yield* begin(sources, options, { subscriber, position: from, devices });
		presence.moved(options.userId);
		// What a subscription begins with does not wait for this.
		presence.greet(subscriber);
		yield* follow(sources.reads, options, { subscriber, from, devices });
	} finally {
		options.signal.removeEventListener("abort", end);
		end();
	}
}

/** Undefined: the subscription does not ask for it. */
const openDeviceNews = async (
	store: DeviceNewsStore,
	{ userId, deviceId, toDevicePosition }: SubscribeOptions,
): Promise<DeviceNewsReader | undefined> => {
	if (deviceId === undefined) return undefined;
	if (toDevicePosition !== undefined) await store.acknowledgeToDevice({ userId, deviceId }, toDevicePosition);
	return createDeviceNewsReader(store, { userId, deviceId });
};

/** What a subscription goes on with. */
interface Going {
	readonly subscriber: StreamSubscriber;
	readonly devices: DeviceNewsReader | undefined;
}

async function* begin(
	{ reads, store }: SubscriptionSources,
	options: SubscribeOptions,
	{ subscriber, position, devices }: Going & { readonly position: number },
): AsyncGenerator<PositionedItem, void, undefined> {
	const { userId, since, windowSize, timelineLimit } = options;
	// A token that this stream did not give is another one's: beyond its head, or, where this server was restored from a
	// backup, from before the positions that the restore left out.
	const isGap = since !== undefined && since >= 0 && since <= position && position - since <= longestGap;
	const [accountData, item] = await Promise.all([
		store.accountDataOf(userId),
		isGap
			? reads.changes(userId, { from: since, to: position, timelineLimit })
			: reads.window(userId, { windowSize, timelineLimit, upTo: position }),
	]);
	const chosen = accountData.find(({ type }) => type === privacyType);
	if (chosen !== undefined) subscriber.learnPrivacy(privacyIn([chosen]), chosen.position);
	// What was set since comes with the news.
	const known = accountData.filter((data) => item.kind === "start" || data.position > (since ?? 0));
	const first = withAccountData(asShownTo(subscriber.privacy, item), known);
	if (devices === undefined) {
		yield { position, item: first };
		return;
	}
	// Of a token from too long ago nothing is known: everything may have changed.
	const from = isGap ? since : since === undefined ? undefined : 0;
	const parts = devices.read({ from, to: position }, { toDevice: true, lists: true });
	if (isGap) yield* withDeviceNews({ position, item: first }, since, parts);
	else yield* startWithDeviceNews({ position, item: first }, parts);
}

/** Keys come before what they open: full parts go ahead, at the position that the reader has, and the last one goes along. */
async function* withDeviceNews(
	next: PositionedItem,
	reached: number,
	parts: AsyncGenerator<DeviceNewsPart>,
): AsyncGenerator<PositionedItem, void, undefined> {
	for await (const { keys, isLast } of parts) {
		if (isLast) yield { position: next.position, item: { ...next.item, keys } as WireSyncItem };
		else yield { position: reached, item: { ...nothing, keys } };
	}
}

/** A start comes first: a reader that has nothing could not go on from before it. */
async function* startWithDeviceNews(
	start: PositionedItem,
	parts: AsyncGenerator<DeviceNewsPart>,
): AsyncGenerator<PositionedItem, void, undefined> {
	let item = start.item;
	for await (const { keys } of parts) {
		yield { position: start.position, item: { ...item, keys } as WireSyncItem };
		item = nothing;
	}
}

const nothing: Extract<WireSyncItem, { kind: "changes" }> = { kind: "changes", rooms: [], removedRoomIds: [] };

async function* follow(
	reads: StreamReads,
	options: SubscribeOptions,
	{ subscriber, devices, from }: Going & { readonly from: number },
): AsyncGenerator<PositionedItem, void, undefined> {
	let position = from;
	for (let news = await subscriber.next(); news !== undefined; news = await subscriber.next()) {
		if (news.hasMoved) {
			const { timelineLimit } = options;
			const item = news.hasOverflowed
				? await reads.changes(options.userId, { from: position, to: news.position, timelineLimit })
				: changesOf(news);
			const next = {
				position: news.position,
				item: withAccountData(asShownTo(subscriber.privacy, item), news.accountData),
			};
			if (devices === undefined || news.device === undefined) yield next;
			else yield* withDeviceNews(next, position, devices.read({ from: position, to: news.position }, news.device));
			position = news.position;
		} else if (devices !== undefined && news.device !== undefined) {
			const parts = devices.read({ from: position, to: position }, news.device);
			yield* withDeviceNews({ position, item: nothing }, position, parts);
		}
		if (news.ephemeral !== undefined) yield { position, item: news.ephemeral };
	}
}

const changesOf = (news: StreamNews): WireStreamItem => ({
	kind: "changes",
	rooms: news.rooms as WireRoomDelta[],
	removedRoomIds: [],
});

const withAccountData = (item: WireStreamItem, data: readonly StoredAccountData[]): WireStreamItem =>
	data.length === 0 ? item : { ...item, accountData: toWireAccountData(data) };
