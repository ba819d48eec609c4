/**
 * For whom a room's messages can be sealed without asking anything anew. Looking at each person and device before each message
 * costs more than sealing it does; nothing of it changes until the server says so, or somebody comes or goes.
 */
import type { CryptoInput } from "../crypto-message.ts";

type Readers = CryptoInput<"prepare">;

export interface RoomReadiness {
	/** True: all of them were found ready a moment ago, and nothing has changed since. */
	isReady(readers: Readers): boolean;
	/** Looks begin. What they find counts only if nothing changes meanwhile. */
	look(readers: Readers): { readonly found: () => void };
	/** Devices, identities or sessions may be others than they were. */
	doubt(): void;
}

/** A device that had no key to give is asked again after this. */
const lastsMs = 60_000;

export const createRoomReadiness = (later: (callback: () => void, delayMs: number) => () => void): RoomReadiness => {
	const ready = new Map<string, string>();
	let doubts = 0;
	const nameOf = ({ userIds, settings }: Readers): string => JSON.stringify([userIds, settings]);
	return {
		isReady: (readers) => ready.get(readers.roomId) === nameOf(readers),
		look: (readers) => {
			const before = doubts;
			return {
				found: () => {
					if (before !== doubts) return;
					const name = nameOf(readers);
					ready.set(readers.roomId, name);
					later(() => {
						if (ready.get(readers.roomId) === name) ready.delete(readers.roomId);
					}, lastsMs);
				},
			};
		},
		doubt: () => {
			doubts += 1;
			ready.clear();
		},
	};
};
