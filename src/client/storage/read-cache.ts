import type { ClientState } from "../store/client-state.ts";
import { emptyTimeline, type RoomState } from "../store/room-state.ts";
import { type AccountDatabase, recordSealOf } from "./account-database.ts";
import { type CacheHead, cacheFormat, fromCachedRoom, fromCachedTimeline } from "./cache-records.ts";
import { openRecords } from "./record-seal.ts";

/** What was kept, ready to be shown. */
export interface CachedState {
	readonly state: Pick<ClientState, "me" | "olderRoomsCursor" | "rooms" | "isListReady" | "accountData"> & {
		readonly position: string;
		readonly wholePosition: string;
	};
	/** Who wrote it. */
	readonly writer: string;
}

/**
 * The chat list as it was kept, with the timeline of the room that is open: what a start paints first. `undefined` where
 * nothing was kept; what an older version wrote, or what is damaged, is dropped.
 */
export async function readCachedState(
	db: AccountDatabase,
	openRoomId: string | undefined,
): Promise<CachedState | undefined> {
	try {
		const transaction = db.transaction(["head", "rooms", "timelines"]);
		const [head, rooms, open] = await Promise.all([
			transaction.objectStore("head").get("head"),
			transaction.objectStore("rooms").getAll(),
			openRoomId === undefined ? undefined : transaction.objectStore("timelines").get(openRoomId),
		]);
		if (head === undefined) return undefined;
		if (!isSound(head)) throw new TypeError("the cache is of another format");
		const seal = await recordSealOf(db);
		const opened = open === undefined ? undefined : await seal.open(open);
		const known = (await openRecords(seal, rooms)).map(fromCachedRoom).map((room): readonly [string, RoomState] => {
			const timeline = opened?.roomId === room.roomId ? fromCachedTimeline(opened) : emptyTimeline;
			return [room.roomId, { ...room, timeline }];
		});
		const { me, position, olderRoomsCursor, writer } = head;
		const accountData = new Map(head.accountData);
		const place = { position, wholePosition: position, olderRoomsCursor };
		return { state: { me, ...place, accountData, rooms: new Map(known), isListReady: true }, writer };
	} catch {
		await clearCache(db);
		return undefined;
	}
}

/** Adds the timelines that were kept to the rooms that have none yet. A room without one asks the server for it. */
export async function readCachedTimelines(db: AccountDatabase): Promise<(state: ClientState) => ClientState> {
	try {
		const timelines = (await openRecords(await recordSealOf(db), await db.getAll("timelines"))).map(
			(cached) => [cached.roomId, fromCachedTimeline(cached)] as const,
		);
		return (state) => {
			const rooms = new Map(state.rooms);
			for (const [roomId, timeline] of timelines) {
				const room = rooms.get(roomId);
				if (room?.timeline === emptyTimeline) rooms.set(roomId, { ...room, timeline });
			}
			return { ...state, rooms };
		};
	} catch {
		await clearCache(db);
		return (state) => state;
	}
}

/** Drops what a new start brings again; what was written here stays. */
export async function clearCache(db: AccountDatabase): Promise<void> {
	try {
		const transaction = db.transaction(["head", "rooms", "timelines"], "readwrite");
		await Promise.all([
			transaction.objectStore("head").clear(),
			transaction.objectStore("rooms").clear(),
			transaction.objectStore("timelines").clear(),
			transaction.done,
		]);
	} catch {
		// A database that cannot be written does no harm: the next start finds the same and drops it again.
	}
}

function isSound(head: CacheHead): boolean {
	return head.format === cacheFormat && typeof head.position === "string" && typeof head.me.userId === "string";
}
