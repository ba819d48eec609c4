import type { EventId, RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { AppendTransaction, EarlierEvent } from "../ports.ts";
import type { AppendJob } from "./append-job.ts";
import type { HeadCache } from "./head-cache.ts";
import type { RoomHead, TargetEvent } from "./room-head.ts";

type Job = AppendJob<unknown>;

/** Everything the jobs of a batch declared, read in a handful of queries. */
export interface LoadedBatch {
	readonly cache: HeadCache;
	/** The heads of the batch's rooms: held here, whatever the cache lets go of meanwhile. */
	readonly heads: Map<RoomId, RoomHead>;
	readonly targets: Map<EventId, TargetEvent>;
	readonly aliases: Map<string, RoomId | undefined>;
	/** Earlier answers by `replayKey`; plans of this batch add theirs. */
	readonly earlier: Map<string, EarlierEvent | RoomId>;
	readonly reactions: Map<string, EarlierEvent>;
	/** Owners of the files that jobs declared, by id: of those that are there, and stay until the batch is written. */
	readonly fileOwners: Map<string, UserId>;
	/** Direct chats by `directKey`. */
	readonly directRooms: Map<string, RoomId>;
	readonly newRoomNids: number[];
}

export const replayKey = (sender: string, roomId: RoomId | undefined, transactionId: string): string =>
	`${sender}\n${roomId ?? ""}\n${transactionId}`;
export const reactionKey = (reaction: { targetEventId: string; sender: string; key: string }): string =>
	`${reaction.targetEventId}\n${reaction.sender}\n${reaction.key}`;

/** Of one direction: whoever is only invited begins a chat of their own. */
export const directKey = (direct: { userId: string; otherId: string }): string => `${direct.userId}\n${direct.otherId}`;

/** A batch of which only the heads are there. */
export const emptyLoadedBatch = (cache: HeadCache, heads: Map<RoomId, RoomHead>): LoadedBatch => ({
	cache,
	heads,
	targets: new Map(),
	aliases: new Map(),
	earlier: new Map(),
	reactions: new Map(),
	fileOwners: new Map(),
	directRooms: new Map(),
	newRoomNids: [],
});

/** Reads what the jobs declared. Heads already in memory are used when nobody else has written since. */
export const loadBatch = async (
	transaction: AppendTransaction,
	cache: HeadCache,
	jobs: readonly Job[],
): Promise<LoadedBatch> => {
	await dropStaleHeads(transaction, cache);
	const heads = await loadHeads(transaction, cache, jobs);
	await loadMembers(transaction, heads, jobs);
	const loaded = emptyLoadedBatch(cache, heads);
	await loadEarlier(transaction, loaded, jobs);
	await loadReferences(transaction, loaded, jobs);
	return loaded;
};

/** Forgets the heads of rooms that others have written to since. */
export const dropStaleHeads = async (transaction: AppendTransaction, heads: HeadCache): Promise<void> => {
	if (heads.position === transaction.position) return;
	const known = [...heads.all()];
	if (known.length > 0) {
		const positions = await transaction.headPositions(known.map((head) => head.row.nid));
		for (const head of known) {
			if (positions.get(head.row.nid) !== head.row.headPosition) heads.drop(head.row.roomId);
		}
	}
	heads.committed(transaction.position);
};

const loadHeads = async (
	transaction: AppendTransaction,
	cache: HeadCache,
	jobs: readonly Job[],
): Promise<Map<RoomId, RoomHead>> => {
	const heads = new Map<RoomId, RoomHead>();
	const missing: RoomId[] = [];
	for (const roomId of new Set(jobs.flatMap((job) => job.rooms))) {
		const head = cache.get(roomId);
		if (head === undefined) missing.push(roomId);
		else heads.set(roomId, head);
	}
	for (const head of missing.length === 0 ? [] : await transaction.loadHeads(missing)) {
		cache.put(head);
		heads.set(head.row.roomId, head);
	}
	return heads;
};

const loadMembers = async (
	transaction: AppendTransaction,
	heads: ReadonlyMap<RoomId, RoomHead>,
	jobs: readonly Job[],
): Promise<void> => {
	const wanted = new Map<RoomHead, Set<UserId> | "all">();
	for (const job of jobs) {
		for (const roomId of job.rooms) {
			const head = heads.get(roomId);
			if (head === undefined) continue;
			const so = wanted.get(head);
			if (job.users === "all" || so === "all") wanted.set(head, "all");
			else wanted.set(head, new Set([...(so ?? []), ...job.users.filter((userId) => !head.members.has(userId))]));
		}
	}
	for (const [head, users] of wanted) {
		if (head.hasAllMembers || (users !== "all" && users.size === 0)) continue;
		const userIds = users === "all" ? users : [...users];
		for (const userId of userIds === "all" ? [] : userIds) head.members.set(userId, undefined);
		for (const entry of await transaction.loadMembers(head, userIds)) head.members.set(entry.event.stateKey, entry);
		if (users === "all") head.hasAllMembers = true;
	}
};

const loadEarlier = async (
	transaction: AppendTransaction,
	loaded: LoadedBatch,
	jobs: readonly Job[],
): Promise<void> => {
	const keys = jobs.flatMap(({ replay }) => {
		const head = replay?.roomId === undefined ? undefined : loaded.heads.get(replay.roomId);
		if (replay === undefined || head === undefined) return [];
		return [
			{ roomNid: head.row.nid, roomId: head.row.roomId, sender: replay.sender, transactionId: replay.transactionId },
		];
	});
	if (keys.length > 0) {
		const roomIdOf = new Map(keys.map((key) => [key.roomNid, key.roomId]));
		for (const earlier of await transaction.findEarlierEvents(keys)) {
			const roomId = roomIdOf.get(earlier.roomNid);
			loaded.earlier.set(replayKey(earlier.sender, roomId, earlier.transactionId), earlier);
		}
	}
	for (const { replay } of jobs) {
		if (replay === undefined || replay.roomId !== undefined) continue;
		const roomId = await transaction.findEarlierRoom(replay.sender, replay.transactionId);
		if (roomId !== undefined) loaded.earlier.set(replayKey(replay.sender, undefined, replay.transactionId), roomId);
	}
};

const loadReferences = async (
	transaction: AppendTransaction,
	loaded: LoadedBatch,
	jobs: readonly Job[],
): Promise<void> => {
	const targets = jobs.flatMap((job) => job.targets ?? []);
	if (targets.length > 0) {
		for (const target of await transaction.loadTargets([...new Set(targets)])) {
			loaded.targets.set(target.event.eventId, target);
		}
	}
	const aliases = jobs.flatMap((job) => job.aliases ?? []);
	if (aliases.length > 0)
		for (const [alias, roomId] of await transaction.findAliases(aliases)) loaded.aliases.set(alias, roomId);
	for (const { reaction } of jobs) {
		if (reaction === undefined) continue;
		const found = await transaction.findReaction(reaction.targetEventId, reaction.sender, reaction.key);
		if (found !== undefined) loaded.reactions.set(reactionKey(reaction), found);
	}
	const fileIds = jobs.flatMap((job) => job.files?.mediaIds ?? []);
	if (fileIds.length > 0)
		for (const [mediaId, ownerId] of await transaction.holdFiles(fileIds)) loaded.fileOwners.set(mediaId, ownerId);
	for (const { direct } of jobs) {
		if (direct === undefined || loaded.directRooms.has(directKey(direct))) continue;
		const roomId = await transaction.findDirectRoom(direct.userId, direct.otherId);
		if (roomId !== undefined) loaded.directRooms.set(directKey(direct), roomId);
	}
	const newRooms = jobs.reduce((sum, job) => sum + (job.newRooms ?? 0), 0);
	if (newRooms > 0) loaded.newRoomNids.push(...(await transaction.reserveRoomNids(newRooms)));
};
