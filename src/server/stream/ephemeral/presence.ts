import type { Bus, Clock, Poke, StreamLog, StreamStore } from "../ports.ts";
import type { SubscriberIndex } from "../subscriber-index.ts";
import { createOnlinePeople } from "./online-people.ts";
import { createPeopleHere, type PeopleHere } from "./people-here.ts";
import { createPresenceNews, type PresenceNews } from "./presence-news.ts";
import { createRemotePeople } from "./remote-people.ts";

/**
 * Who is there and who was when. A person is there while one of their pages is open and looked at. Told to the people of
 * their direct chats and small groups, and to nobody when either of the two keeps it to themselves.
 */
export interface Presence extends Pick<PeopleHere, "moved" | "repeat">, Pick<PresenceNews, "greet" | "acquaint"> {
	heard(poke: Extract<Poke, { readonly kind: "presence" | "remotePresence" }>): void;
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
	/** Whether the owner wants to know who is there at other servers; absent: no. */
	readonly takesRemotePresence?: () => boolean;
}

const heartbeatMs = 60_000;

export const createPresence = (options: PresenceOptions): Presence => {
	const { clock, log, takesRemotePresence: takesRemote = () => false } = options;
	const quietly = (work: () => Promise<void>): void => {
		work().catch((error: unknown) => log.warn({ err: error }, "presence could not be noted"));
	};
	const here = createPeopleHere({ ...options, quietly });
	const online = createOnlinePeople(clock);
	const remote = createRemotePeople(clock);
	const news = createPresenceNews({
		...options,
		isOnline: (userId) => online.has(userId) || remote.isOnline(userId),
		remoteSeenAt: remote.seenAt,
		takesRemote,
	});
	let heartbeat: NodeJS.Timeout | undefined;
	return {
		moved: here.moved,
		greet: news.greet,
		acquaint: news.acquaint,
		heard: (poke) => {
			if (poke.kind === "presence") news.moved(online.heard(poke));
			else if (takesRemote()) news.moved(remote.heard(poke.people));
		},
		repeat: here.repeat,
		start: () => {
			heartbeat = setInterval(() => {
				here.repeat();
				news.moved(online.forgetSilent());
				news.moved(takesRemote() ? remote.forgetSilent() : remote.forgetAll());
				quietly(here.noteSeen);
			}, heartbeatMs);
		},
		stop: async () => {
			clearInterval(heartbeat);
			news.stop();
			await here.stop().catch((error: unknown) => log.warn({ err: error }, "who was here could not be noted"));
		},
	};
};
