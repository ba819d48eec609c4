import { randomUUID } from "node:crypto";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { openNotifications } from "../../src/server/adapters/bus-postgres/notifications.ts";
import { createPostgresBus } from "../../src/server/adapters/bus-postgres/postgres-bus.ts";
import { createStreamStore } from "../../src/server/adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "../../src/server/adapters/prisma/timeline/timeline-store.ts";
import { createStream, type Stream, type StreamOptions } from "../../src/server/stream/create-stream.ts";
import type { Bus } from "../../src/server/stream/public.ts";
import { createTimeline } from "../../src/server/timeline/public.ts";
import { openPrivacy } from "../../src/shared/wire/privacy-choices.ts";
import type { WireEphemeralItem, WireRoomDelta, WireStreamItem } from "../../src/shared/wire/sync.ts";
import { silentLog } from "./silent-log.ts";
import type { TestDatabase } from "./test-database.ts";
import { createTestRooms, type TestRooms } from "./test-rooms.ts";

export interface TestProcess extends TestRooms {
	readonly stream: Stream;
	readonly bus: Bus;
	close(): Promise<void>;
}

/** One server process of several on the same database; `around` may delay or watch what its stream stands on. */
export const openTestProcess = async (
	test: TestDatabase,
	around: (options: StreamOptions) => StreamOptions = (options) => options,
): Promise<TestProcess> => {
	const notifications = await openNotifications(test.connectionString);
	const { pool } = test.database;
	const bus = await createPostgresBus({ notifications, pool, log: silentLog });
	const reads = createTimeline({
		store: createTimelineStore(pool),
		privacyOf: async () => openPrivacy,
	}).streamReads;
	const stream = createStream(
		around({ store: createStreamStore(pool), reads, bus, log: silentLog, clock: Date, processId: randomUUID() }),
	);
	await stream.start();
	const kith = createTestRooms(test.database, "12", {
		onCommitted: ({ to, ...news }) => bus.publish({ kind: "stream", position: to, news }),
	});
	const close = async (): Promise<void> => {
		await stream.stop();
		await bus.close();
		await notifications.close();
	};
	return { ...kith, stream, bus, close };
};

/** An item of the stream itself, with its position. */
export interface StreamedItem {
	readonly position: number;
	readonly item: WireStreamItem;
}

export interface TestFollower {
	readonly items: StreamedItem[];
	readonly ephemeral: WireEphemeralItem[];
	/** Bodies of the messages seen so far, in the order they came. */
	bodies(): readonly unknown[];
	/** What was told of rooms, in the order it came. */
	deltas(): readonly WireRoomDelta[];
	/** Resolves once it holds; asked anew after each item. */
	until(holds: () => boolean): Promise<void>;
	stop(): void;
}

/** Follows the stream as a client does; a subscription that fails is made again. */
export const followStream = (stream: Stream, userId: UserId, since?: number): TestFollower => {
	const stopping = new AbortController();
	const items: StreamedItem[] = [];
	const ephemeral: WireEphemeralItem[] = [];
	let look: (() => void) | undefined;
	const run = async (from: number | undefined): Promise<void> => {
		const options = { userId, sessionId: userId, since: from, windowSize: 30, timelineLimit: 10 };
		for await (const item of stream.subscribe({ ...options, signal: stopping.signal })) {
			if (item.item.kind === "ephemeral") ephemeral.push(item.item);
			else items.push({ position: item.position, item: item.item });
			look?.();
		}
	};
	const keepRunning = async (): Promise<void> => {
		for (let from = since; !stopping.signal.aborted; from = items.at(-1)?.position ?? since) {
			await run(from).catch(() => new Promise((resolve) => setTimeout(resolve, 20)));
		}
	};
	void keepRunning();
	const deltas = () => items.flatMap(({ item }) => item.rooms);
	return {
		items,
		ephemeral,
		deltas,
		bodies: () =>
			deltas()
				.flatMap((room) => room.events.map((event) => event.content["body"]))
				.filter((body) => body !== undefined),
		until: (holds) =>
			new Promise((resolve) => {
				look = () => {
					if (holds()) resolve();
				};
				look();
			}),
		stop: () => stopping.abort(),
	};
};

/** A promise that is resolved from outside. */
export const createGate = (): { readonly opened: Promise<void>; open(): void } => {
	let open: () => void = () => undefined;
	const opened = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opened, open };
};
