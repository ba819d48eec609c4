import { domainOf } from "../../../../federation/identifiers/domain-identifier.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { type PresenceWord, readPresence } from "../../../../federation/transport/presence-edu.ts";
import type { Edu } from "../../../../federation/transport/transaction.ts";
import type { Log } from "../../../shared/log.ts";
import type { Bus, RemotePresence } from "../../stream/public.ts";
import type { PresenceCircles } from "./ports.ts";
import { createUnseenPeople } from "./unseen-people.ts";

/** What other servers say of who is there: gathered, looked up together, told to every process and stored nowhere. */
export interface IncomingPresence {
	/** Returns at once. */
	add(origin: ServerName, edus: readonly Edu[]): void;
}

export interface IncomingPresenceDependencies {
	readonly circles: Pick<PresenceCircles, "watchedAmong">;
	/** Whether the owner wants it. */
	readonly isPresenceShared: () => boolean;
	readonly bus: Bus;
	readonly clock: { now(): number };
	readonly log: Log;
	/** How long words are gathered. */
	readonly gatherMs?: number;
	/** When whom nobody sees yet is looked up again. */
	readonly againAfterMs?: readonly number[];
}

/** What talks more than this is talking to itself. */
const mostOfServer = 1_000;
const mostServers = 1_000;
const defaultGatherMs = 1_000;
/** Whoever has just met somebody of here may be spoken of before the room in which they met is stored. */
const defaultAgainAfterMs: readonly number[] = [5_000, 30_000];
/** The same said again this soon is no news. */
const restMs = 300_000;
const mostRemembered = 20_000;

export const createIncomingPresence = (dependencies: IncomingPresenceDependencies): IncomingPresence => {
	const { circles, bus, isPresenceShared, log, gatherMs = defaultGatherMs } = dependencies;
	/** By server, so that one that floods pushes out no other's words. */
	const waiting = new Map<ServerName, Map<string, RemotePresence>>();
	const memory = createMemory(dependencies.clock);
	const unseen = createUnseenPeople(dependencies.againAfterMs ?? defaultAgainAfterMs, (people) => {
		for (const word of people) wait(domainOf(word.userId), word);
		gather();
	});
	const wait = (origin: ServerName, word: RemotePresence): void => {
		const known = waiting.get(origin) ?? new Map<string, RemotePresence>();
		waiting.set(origin, known);
		if (known.size < mostOfServer || known.has(word.userId)) known.set(word.userId, word);
	};
	let isGathering = false;
	const flush = async (): Promise<void> => {
		const said = [...waiting.values()].flatMap((words) => [...words.values()]);
		waiting.clear();
		const news = said.filter(memory.isNews);
		if (news.length === 0 || !isPresenceShared()) return;
		const watched = new Set(await circles.watchedAmong(news.map(({ userId }) => userId)));
		const people = news.filter(({ userId }) => watched.has(userId));
		unseen.keep(news.filter(({ userId }) => !watched.has(userId)));
		unseen.forget(people);
		if (people.length === 0) return;
		bus.publish({ kind: "remotePresence", people });
		memory.note(people);
	};
	const gather = (): void => {
		if (isGathering) return;
		isGathering = true;
		const timer = setTimeout(() => {
			flush()
				.catch((err: unknown) => log.warn({ err }, "who is there at other servers could not be told"))
				.finally(() => {
					isGathering = false;
					if (waiting.size > 0) gather();
				});
		}, gatherMs);
		timer.unref();
	};
	return {
		add: (origin, edus) => {
			if (!isPresenceShared() || (waiting.size >= mostServers && !waiting.has(origin))) return;
			const words = readPresence(edus, { origin, most: mostOfServer });
			if (words.length === 0) return;
			const heard = words.map((word) => heardNow(word, dependencies.clock.now()));
			for (const word of heard) wait(origin, word);
			gather();
		},
	};
};

const heardNow = ({ userId, isOnline, activeAgoMs }: PresenceWord, now: number): RemotePresence => ({
	userId,
	isOnline,
	seenAt: activeAgoMs === undefined ? undefined : now - activeAgoMs,
});

/** What was told lately. */
interface Memory {
	isNews(word: RemotePresence): boolean;
	note(words: readonly RemotePresence[]): void;
}

const createMemory = (clock: { now(): number }): Memory => {
	const told = new Map<string, { readonly isOnline: boolean; readonly at: number }>();
	return {
		isNews: ({ userId, isOnline }) => {
			const last = told.get(userId);
			return last?.isOnline !== isOnline || clock.now() - last.at >= restMs;
		},
		note: (words) => {
			if (told.size + words.length > mostRemembered) told.clear();
			for (const { userId, isOnline } of words) told.set(userId, { isOnline, at: clock.now() });
		},
	};
};
