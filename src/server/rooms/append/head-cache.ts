import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { RoomHead } from "./room-head.ts";

/** The heads of the rooms this process lately wrote to. */
export interface HeadCache {
	/** The stream position up to which the heads are known to be the newest. */
	readonly position: number;
	get(roomId: RoomId): RoomHead | undefined;
	put(head: RoomHead): void;
	drop(roomId: RoomId): void;
	all(): Iterable<RoomHead>;
	/** This process's own batch is the newest thing in the stream. */
	committed(position: number): void;
	clear(): void;
}

/** Keeps the rooms written to last; `maxWeight` bounds rooms plus remembered members and ends. */
export const createHeadCache = (maxWeight = 200_000): HeadCache => {
	const heads = new Map<RoomId, RoomHead>();
	let position = -1;
	let weight = 0;
	const weigh = (head: RoomHead): number => 20 + head.members.size + head.extremities.length;
	const forget = (roomId: RoomId): void => {
		heads.delete(roomId);
	};
	return {
		get position() {
			return position;
		},
		get: (roomId) => heads.get(roomId),
		put: (head) => {
			forget(head.row.roomId);
			heads.set(head.row.roomId, head);
			weight += weigh(head);
			if (weight < maxWeight) return;
			weight = 0;
			for (const each of heads.values()) weight += weigh(each);
			for (const [roomId, each] of heads) {
				if (weight < maxWeight / 2 || each === head) break;
				weight -= weigh(each);
				forget(roomId);
			}
		},
		drop: forget,
		all: () => heads.values(),
		committed: (reached) => {
			position = reached;
		},
		clear: () => {
			heads.clear();
			weight = 0;
			position = -1;
		},
	};
};
