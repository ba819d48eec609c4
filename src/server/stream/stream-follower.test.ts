import { expect, it } from "vitest";
import { silentLog } from "../../../tests/setup/silent-log.ts";
import { createAudienceCache } from "./audience-cache.ts";
import type { StreamReads } from "./ports.ts";
import { createStreamFollower, type StreamFollowerOptions } from "./stream-follower.ts";
import { createSubscriberIndex } from "./subscriber-index.ts";

/** A stream in which only its length matters. */
function emptyStream(position: number): { store: StreamFollowerOptions["store"]; reads: StreamReads } {
	return {
		store: {
			position: async () => position,
			shownMembers: async () => [],
			loadAudiences: async () => [],
			roomFacts: async () => [],
			marksBetween: async () => ({ receipts: [], accountData: [], resolved: [], toDevice: [], listChanges: [] }),
			sharersOf: async () => [],
		},
		reads: {
			recordsBetween: async () => [],
			doorkeepers: async () => new Map(),
			lastMessages: async () => [],
			window: async () => ({ kind: "start", rooms: [] }),
			changes: async () => ({ kind: "changes", rooms: [], removedRoomIds: [] }),
		},
	};
}

it("goes on after a poke that says nothing new", async () => {
	const { store, reads } = emptyStream(5);
	const audiences = createAudienceCache(store, reads);
	const follower = createStreamFollower({
		...{ store, reads, audiences, log: silentLog },
		subscribers: createSubscriberIndex(),
		onAcquainted: () => undefined,
		onDropped: () => undefined,
	});
	await follower.start();
	follower.poke(5);
	follower.poke(4);
	follower.poke(6);
	expect(await follower.reach(6, 1000)).toBe(true);
	follower.poke(6);
	follower.poke(7);
	expect(await follower.reach(7, 1000)).toBe(true);
	await follower.stop();
});
