import type { RoomId } from "../../../../federation/identifiers/identifier-types.ts";
import type { AppendJob } from "./append-job.ts";
import type { HeadCache } from "./head-cache.ts";
import { emptyLoadedBatch, type LoadedBatch } from "./load-batch.ts";
import type { RoomHead } from "./room-head.ts";

/** What plain jobs declared, when all of it is remembered; undefined when something has to be read. */
export const loadFromMemory = (cache: HeadCache, jobs: readonly AppendJob<unknown>[]): LoadedBatch | undefined => {
	if (cache.position < 0) return undefined;
	const heads = new Map<RoomId, RoomHead>();
	for (const job of jobs) {
		for (const roomId of job.rooms) {
			const head = cache.get(roomId);
			if (head === undefined || !knowsUsers(head, job)) return undefined;
			heads.set(roomId, head);
		}
	}
	return emptyLoadedBatch(cache, heads);
};

const knowsUsers = (head: RoomHead, job: AppendJob<unknown>): boolean =>
	head.hasAllMembers || (job.users !== "all" && job.users.every((userId) => head.members.has(userId)));
