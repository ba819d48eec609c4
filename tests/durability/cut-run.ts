import { setTimeout as delay } from "node:timers/promises";
import type { WireEvent } from "../../src/shared/wire/event.ts";
import { pageOutput } from "../../src/shared/wire/message-calls.ts";
import { roomIdOutput } from "../../src/shared/wire/room-calls.ts";
import { randomFrom } from "../../tools/fuzz/random-from.ts";
import type { Person } from "../server-process/add-people.ts";
import type { CuttingProxy } from "../server-process/cutting-proxy.ts";
import { createHttpCaller } from "../server-process/http-caller.ts";
import { type RealClient, startRealClient } from "../server-process/real-client.ts";
import { startWriter } from "./writer.ts";

export interface CutRunOptions {
	readonly proxy: CuttingProxy;
	/** Where the writers write, past the proxy. */
	readonly origin: string;
	/** The first reads, the others write. */
	readonly people: readonly Person[];
	/** Decides where within the bytes each cut comes. */
	readonly seed: number;
	readonly cuts: number;
	/** Something else that happens at a cut: the server starts again, the proxy leads elsewhere. */
	readonly atCut?: (number: number, client: RealClient) => Promise<void>;
}

export interface CutRunResult {
	/** What the client shows otherwise than the server has it, or showed twice or out of order on the way. */
	readonly faults: readonly string[];
	readonly messageCount: number;
	/** What the subscription travelled over. */
	readonly ways: ReadonlySet<RealClient["via"]>;
}

const longestCutBytes = 6_000;
const recoveryDeadlineMs = 30_000;
/** So that some cuts miss fewer events than come in one piece, and some more. */
const writerPauseMs = 350;

/**
 * Three people write while the reader's connection is cut again and again at random bytes; then the client's timeline is
 * held against the server's.
 */
export async function runCuts(options: CutRunOptions): Promise<CutRunResult> {
	const { proxy, origin, people, cuts } = options;
	const [reader, ...authors] = people;
	if (reader === undefined) throw new Error("nobody reads");
	const random = randomFrom(options.seed, 0);
	const roomId = await makeRoom(origin, people);
	await using client = startRealClient(proxy.origin, reader);
	const watched = watchTimeline(client, roomId);
	const writers = authors.map((person) =>
		startWriter({
			...{ name: person.localpart, roomId, pauseMs: writerPauseMs },
			connect: async () => createHttpCaller(origin, person.cookie),
		}),
	);
	try {
		for (let cut = 1; cut <= cuts; cut += 1) {
			await options.atCut?.(cut, client);
			watched.reset();
			await until(() => watched.changes() >= 2, "the client heard nothing more");
			watched.reset();
			const before = proxy.cutCount;
			proxy.cutAfter(random(longestCutBytes));
			await until(() => proxy.cutCount > before, "nothing was cut");
		}
	} finally {
		await Promise.all(writers.map((writer) => writer.stop()));
	}
	const wanted = await readRoom(origin, reader, roomId);
	await until(() => client.timeline(roomId).at(-1)?.eventId === wanted.at(-1)?.eventId, "the client stayed behind");
	watched.reset();
	// What the client shows is gapless also before it pages back, which would fill a hole that the stream left.
	const holes = watched.seen.flatMap((events) =>
		differences(events, runFrom(wanted, events[0]).slice(0, events.length)),
	);
	await client.loadAll(roomId);
	return {
		faults: [...watched.faults, ...holes, ...differences(client.timeline(roomId), wanted)].slice(0, 20),
		messageCount: wanted.length,
		ways: watched.ways,
	};
}

interface Watched {
	/** How often the timeline has changed since it was reset. */
	changes(): number;
	/** Keeps what is shown now, and counts from here. */
	reset(): void;
	readonly seen: readonly (readonly WireEvent[])[];
	readonly ways: ReadonlySet<RealClient["via"]>;
	/** What was twice or out of order at any moment. */
	readonly faults: readonly string[];
}

/** Looks at every state the client is in: nothing twice, nothing out of order, at no moment. */
function watchTimeline(client: RealClient, roomId: string): Watched {
	const faults: string[] = [];
	const seen: (readonly WireEvent[])[] = [];
	let [changes, last] = [0, client.timeline(roomId)];
	const ways = new Set<RealClient["via"]>();
	client.watch(() => {
		if (client.via !== undefined) ways.add(client.via);
		const events = client.timeline(roomId);
		if (events === last) return;
		last = events;
		changes += 1;
		const positions = events.map(({ position }) => Number(position));
		const misplaced = positions.find((position, index) => position <= (positions[index - 1] ?? 0));
		if (misplaced !== undefined) faults.push(`position ${misplaced} came out of order`);
		if (new Set(events.map(({ eventId }) => eventId)).size < events.length) faults.push("an event stood there twice");
	});
	return {
		changes: () => changes,
		reset: () => {
			changes = 0;
			seen.push(last);
		},
		...{ seen, ways, faults },
	};
}

async function makeRoom(origin: string, people: readonly Person[]): Promise<string> {
	const [owner, ...others] = people.map(({ cookie }) => createHttpCaller(origin, cookie));
	const inviteeIds = people.slice(1).map(({ userId }) => userId);
	const input = { transactionId: "room", kind: "group", name: "Room", inviteeIds };
	const { roomId } = roomIdOutput.parse(await owner?.mutate("rooms.create", input));
	for (const other of others) await other.mutate("rooms.join", { room: roomId });
	for (const caller of [owner, ...others]) caller?.close();
	return roomId;
}

async function readRoom(origin: string, { cookie }: Person, roomId: string): Promise<readonly WireEvent[]> {
	const caller = createHttpCaller(origin, cookie);
	const events: WireEvent[] = [];
	let cursor: string | undefined;
	do {
		const input = { roomId, direction: "forwards", limit: 200, ...(cursor === undefined ? {} : { cursor }) };
		const page = pageOutput.parse(await caller.query("messages.page", input));
		events.push(...page.items);
		cursor = page.nextCursor;
	} while (cursor !== undefined);
	caller.close();
	return events;
}

function differences(shown: readonly WireEvent[], wanted: readonly WireEvent[]): readonly string[] {
	const faults = wanted.flatMap((event, place) =>
		shown[place]?.eventId === event.eventId && shown[place]?.content["body"] === event.content["body"]
			? []
			: [`${String(event.content["body"] ?? event.type)} is not in its place ${place}`],
	);
	return shown.length === wanted.length ? faults : [...faults, `${shown.length} instead of ${wanted.length} events`];
}

const runFrom = (events: readonly WireEvent[], first: WireEvent | undefined): readonly WireEvent[] =>
	events.slice(
		Math.max(
			0,
			events.findIndex(({ eventId }) => eventId === first?.eventId),
		),
	);

async function until(holds: () => boolean, failure: string): Promise<void> {
	const deadline = performance.now() + recoveryDeadlineMs;
	while (!holds()) {
		if (performance.now() > deadline) throw new Error(failure);
		await delay(5);
	}
}
