import type { TypingChange } from "../../stream/public.ts";
import type { Ephemeral } from "./ephemeral-queue.ts";

/** Who of this server is writing, as other servers are told: when it begins, now and then while it goes on, when it ends. */
export interface OutgoingTyping {
	heard(changes: readonly TypingChange[]): void;
	/** Says that those have ended who are not heard of any more. */
	sweep(): void;
}

export interface OutgoingTypingOptions {
	readonly clock: { now(): number };
	readonly tell: (roomNid: number, news: Extract<Ephemeral, { kind: "typing" }>) => void;
}

/** Other servers take silence for the end after a minute or half of one. */
const repeatMs = 20_000;
/** A client that goes on writing says so again every few seconds. */
const holdsMs = 14_000;

interface Writer {
	readonly change: TypingChange;
	toldAt: number;
	heardAt: number;
}

export const createOutgoingTyping = ({ clock, tell }: OutgoingTypingOptions): OutgoingTyping => {
	const writers = new Map<string, Writer>();
	const say = ({ roomNid, roomId, userId }: TypingChange, isTyping: boolean): void =>
		tell(roomNid, { kind: "typing", roomId, userId, isTyping });
	return {
		heard: (changes) => {
			const now = clock.now();
			for (const change of changes) {
				if (change.isRemote === true) continue;
				const key = `${change.roomNid} ${change.userId}`;
				const known = writers.get(key);
				if (!change.isTyping) {
					if (writers.delete(key)) say(change, false);
				} else if (known === undefined || now - known.toldAt >= repeatMs) {
					writers.set(key, { change, toldAt: now, heardAt: now });
					say(change, true);
				} else known.heardAt = now;
			}
		},
		sweep: () => {
			for (const [key, { change, heardAt }] of writers) {
				if (clock.now() - heardAt < holdsMs) continue;
				writers.delete(key);
				say(change, false);
			}
		},
	};
};
