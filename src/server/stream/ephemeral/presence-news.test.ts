import { describe, expect, it } from "vitest";
import type { Contact, PresenceStore } from "../ports.ts";
import { createReaderTurns } from "../reader-turns.ts";
import { createStreamSubscriber, type StreamSubscriber } from "../stream-subscriber.ts";
import { createSubscriberIndex } from "../subscriber-index.ts";
import { createPresenceNews } from "./presence-news.ts";

const contact = (userId: string, contactId: string, isHidden = false): Contact => {
	return { userId, contactId, seenAt: undefined, contactSeenAt: undefined, isHidden };
};

/** Everybody knows everybody, and `@hidden:a` tells nobody. */
function world(userIds: readonly string[]) {
	const asked: (readonly string[])[] = [];
	const failures: Error[] = [];
	const warnings: string[] = [];
	const online = new Set<string>();
	const subscribers = createSubscriberIndex();
	const store: Pick<PresenceStore, "contactsOf"> = {
		contactsOf: async (some) => {
			asked.push(some);
			const failure = failures.shift();
			if (failure !== undefined) throw failure;
			const others = (userId: string) => userIds.filter((one) => one !== userId);
			const isHidden = (one: string, other: string) => [one, other].includes("@hidden:a");
			return some.flatMap((userId) => others(userId).map((one) => contact(userId, one, isHidden(userId, one))));
		},
	};
	const news = createPresenceNews({
		store: store as PresenceStore,
		subscribers,
		log: { warn: (_, message) => warnings.push(message) },
		isOnline: (userId) => online.has(userId),
		remoteSeenAt: () => undefined,
		takesRemote: () => false,
		retryMs: 10,
	});
	const turns = createReaderTurns();
	const connect = (userId: string): StreamSubscriber => {
		const subscriber = createStreamSubscriber(
			{ userId, sessionId: userId },
			{ position: 0, turns, onDropped: () => undefined },
		);
		subscribers.add(subscriber);
		return subscriber;
	};
	return { asked, failures, warnings, online, news, connect };
}

/** Who is there, as the subscription's next news say. */
async function heard(subscriber: StreamSubscriber): Promise<readonly string[]> {
	const news = await subscriber.next();
	return (news?.ephemeral?.presence ?? []).map(({ userId, isOnline }) => `${userId} ${isOnline}`).toSorted();
}

describe("news of presence", () => {
	it("greets everybody who came at the same time with one look at the database", async () => {
		const w = world(["@a:a", "@b:a", "@c:a"]);
		w.online.add("@c:a");
		const newcomers = ["@a:a", "@b:a"].map(w.connect);
		for (const subscriber of newcomers) w.news.greet(subscriber);
		expect(await Promise.all(newcomers.map(heard))).toEqual([["@c:a true"], ["@c:a true"]]);
		expect(w.asked).toEqual([["@a:a", "@b:a"]]);
		w.news.stop();
	});

	it("looks up a crowd in parts, and forgets nobody", async () => {
		const crowd = Array.from({ length: 250 }, (_, index) => `@p${index}:a`);
		const w = world([...crowd, "@watcher:a"]);
		const watcher = w.connect("@watcher:a");
		for (const userId of crowd) w.online.add(userId);
		w.news.moved(crowd);
		const seen = new Set<string>();
		while (seen.size < crowd.length) for (const one of await heard(watcher)) seen.add(one);
		expect(seen).toEqual(new Set(crowd.map((userId) => `${userId} true`)));
		expect(w.asked.map((some) => some.length)).toEqual([...Array(12).fill(20), 10]);
		w.news.stop();
	});

	it("tells later what could not be told", async () => {
		const w = world(["@a:a", "@b:a"]);
		const a = w.connect("@a:a");
		w.failures.push(new Error("the database is away"));
		w.online.add("@b:a");
		w.news.moved(["@b:a"]);
		expect(await heard(a)).toEqual(["@b:a true"]);
		expect(w.warnings).toHaveLength(1);
		w.news.stop();
	});

	it("says nothing of somebody who hides, not even to who has just come", async () => {
		const w = world(["@a:a", "@b:a", "@hidden:a"]);
		for (const userId of ["@b:a", "@hidden:a"]) w.online.add(userId);
		const a = w.connect("@a:a");
		w.news.greet(a);
		expect(await heard(a)).toEqual(["@b:a true"]);
		w.news.stop();
	});
});
