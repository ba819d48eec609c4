import type { StreamReads, StreamSource } from "./ports.ts";
import { createAudience, type RoomAudience } from "./room-audience.ts";

/** The audiences of rooms where something happened lately. */
export interface AudienceCache {
	get(roomNid: number): RoomAudience | undefined;
	/** Loads what is missing and brings the facts of all of them up to date, with one query each. */
	load(roomNids: readonly number[]): Promise<ReadonlyMap<number, RoomAudience>>;
	all(): Iterable<RoomAudience>;
	clear(): void;
}

/** `maxMembers` bounds the remembered members over all rooms. */
export const createAudienceCache = (store: StreamSource, reads: StreamReads, maxMembers = 200_000): AudienceCache => {
	const audiences = new Map<number, RoomAudience>();
	const trim = (): void => {
		let total = 0;
		for (const audience of audiences.values()) total += audience.members.size;
		for (const [roomNid, audience] of audiences) {
			if (total <= maxMembers) return;
			total -= audience.members.size;
			audiences.delete(roomNid);
		}
	};
	return {
		get: (roomNid) => audiences.get(roomNid),
		load: async (roomNids) => {
			const missing = roomNids.filter((roomNid) => !audiences.has(roomNid));
			const [facts, loaded] = await Promise.all([
				store.roomFacts(roomNids),
				missing.length === 0 ? [] : store.loadAudiences(missing),
			]);
			const unknown = facts.filter(({ roomNid }) => !audiences.has(roomNid));
			const nids = unknown.flatMap(({ lastMessageNid }) => lastMessageNid ?? []);
			const lastMessages = nids.length === 0 ? [] : await reads.lastMessages(nids);
			const wanted = new Map<number, RoomAudience>();
			for (const each of facts) {
				const known = audiences.get(each.roomNid);
				const audience =
					known ??
					createAudience(
						loaded.find(({ roomNid }) => roomNid === each.roomNid),
						each,
					);
				// Two readings may be on their way at once, and the older one may arrive last.
				if (each.headPosition >= audience.facts.headPosition) audience.facts = each;
				if (known === undefined) {
					audience.lastMessage = lastMessages.find(({ position }) => position === each.lastMessageNid);
				}
				audiences.delete(each.roomNid);
				audiences.set(each.roomNid, audience);
				wanted.set(each.roomNid, audience);
			}
			trim();
			return wanted;
		},
		all: () => audiences.values(),
		clear: () => audiences.clear(),
	};
};
