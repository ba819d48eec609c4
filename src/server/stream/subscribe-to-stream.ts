import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireRoomDelta, WireSyncItem } from "../../shared/wire/sync.ts";
import type { StreamReads } from "./ports.ts";
import type { StreamFollower } from "./stream-follower.ts";
import type { StreamNews, StreamSubscriber } from "./stream-subscriber.ts";

export interface SubscribeOptions {
	readonly userId: UserId;
	readonly sessionId: string;
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
	sources: { readonly follower: StreamFollower; readonly reads: StreamReads },
	options: SubscribeOptions,
): AsyncGenerator<PositionedItem, void, undefined> {
	const { follower, reads } = sources;
	// Another process may have told the client of positions that this one has not read yet.
	if (options.since !== undefined) await follower.reach(options.since, catchUpMs);
	if (options.signal.aborted) return;
	if (follower.subscribers.countOf(options.userId) >= maxSubscriptionsOfPerson) {
		throw new AppError("too-many-requests", { retryAfterMs: 10_000 });
	}
	const subscriber = follower.subscribe(options);
	const end = (): void => follower.unsubscribe(subscriber);
	options.signal.addEventListener("abort", end, { once: true });
	try {
		const from = follower.position;
		yield await begin(reads, options, from);
		yield* follow(reads, options, { subscriber, from });
	} finally {
		options.signal.removeEventListener("abort", end);
		end();
	}
}

const begin = async (reads: StreamReads, options: SubscribeOptions, position: number): Promise<PositionedItem> => {
	const { userId, since, windowSize, timelineLimit } = options;
	// A token beyond the head is another stream's: of this server before it was restored from a backup.
	if (since !== undefined && since >= 0 && since <= position && position - since <= longestGap) {
		return { position, item: await reads.changes(userId, { from: since, to: position, timelineLimit }) };
	}
	return { position, item: await reads.window(userId, { windowSize, timelineLimit, upTo: position }) };
};

async function* follow(
	reads: StreamReads,
	options: SubscribeOptions,
	{ subscriber, from }: { readonly subscriber: StreamSubscriber; readonly from: number },
): AsyncGenerator<PositionedItem, void, undefined> {
	let position = from;
	for (let news = await subscriber.next(); news !== undefined; news = await subscriber.next()) {
		const { timelineLimit } = options;
		const item = news.hasOverflowed
			? await reads.changes(options.userId, { from: position, to: news.position, timelineLimit })
			: changesOf(news);
		position = news.position;
		yield { position, item };
	}
}

const changesOf = (news: StreamNews): WireSyncItem => ({
	kind: "changes",
	rooms: news.rooms as WireRoomDelta[],
	removedRoomIds: [],
});
