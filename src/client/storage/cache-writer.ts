import type { ClientState } from "../store/client-state.ts";
import type { RoomState } from "../store/room-state.ts";
import { type AccountDatabase, recordSealOf } from "./account-database.ts";
import {
	type CacheHead,
	cacheFormat,
	cursorBehind,
	keptRooms,
	keptTimelines,
	toCachedRoom,
	toCachedTimeline,
} from "./cache-records.ts";

/** The state of the cache that a page begins with: what it has read of it. */
export interface CacheBase {
	readonly writer: string;
	readonly rooms: ReadonlyMap<string, RoomState>;
}

/** Rooms as they were last written, and which of them with their messages. */
interface Kept {
	readonly rooms: ReadonlyMap<string, RoomState>;
	readonly timelines: ReadonlySet<string>;
}

const nothing: Kept = { rooms: new Map(), timelines: new Set() };

/**
 * Keeps a copy of what the page knows. Rooms and the token that belongs to them are written in one transaction, so the
 * copy is never older than its token says; what a crash leaves out, the server sends again from that token on.
 */
export class CacheWriter {
	readonly #database: AccountDatabase;
	readonly #name: string;
	/** Who wrote last, as far as this page knows: behind anybody else it writes everything. */
	#lastWriter: string;
	#saved: Kept;
	#isSaving = false;

	constructor(database: AccountDatabase, name: string, base: CacheBase | undefined) {
		this.#database = database;
		this.#name = name;
		this.#lastWriter = base?.writer ?? name;
		this.#saved = base === undefined ? nothing : keptOf(base.rooms);
	}

	/** Writes what changed since the last time. A full disk costs the copy of the messages, then the copy, never the page. */
	async save(state: ClientState): Promise<void> {
		if (this.#isSaving) return;
		this.#isSaving = true;
		try {
			const kept = keptOf(state.rooms);
			await this.#write(state, kept).catch(() => this.#write(state, { ...kept, timelines: new Set() }));
		} catch {
			// The copy is as it was before, token and all.
		} finally {
			this.#isSaving = false;
		}
	}

	async #write(state: ClientState, kept: Kept): Promise<void> {
		const head = this.#headOf(state, kept);
		if (head === undefined) return;
		// What is sealed is sealed before: a transaction waits for nothing but its own requests.
		const before = (await this.#database.get("head", "head"))?.writer;
		const saved = before === this.#lastWriter ? this.#saved : nothing;
		const records = await this.#recordsOf(kept, saved);
		const transaction = this.#database.transaction(["head", "rooms", "timelines"], "readwrite");
		const rows = transaction.objectStore("rooms");
		const timelines = transaction.objectStore("timelines");
		if ((await transaction.objectStore("head").get("head"))?.writer !== before) {
			// Another window wrote meanwhile: the next time begins with what it left.
			await transaction.done;
			return;
		}
		const work: Promise<unknown>[] = saved === nothing ? [rows.clear(), timelines.clear()] : [];
		work.push(...records.rows.map((row) => rows.put(row)), ...records.timelines.map((one) => timelines.put(one)));
		for (const roomId of saved.rooms.keys()) if (!kept.rooms.has(roomId)) work.push(rows.delete(roomId));
		for (const roomId of saved.timelines) if (!kept.timelines.has(roomId)) work.push(timelines.delete(roomId));
		await Promise.all([...work, transaction.objectStore("head").put(head, "head"), transaction.done]);
		this.#saved = kept;
		this.#lastWriter = this.#name;
	}

	/** What is new, of encrypted rooms sealed. */
	async #recordsOf(kept: Kept, saved: Kept) {
		const seal = await recordSealOf(this.#database);
		const changed = [...kept.rooms.values()].filter((room) => saved.rooms.get(room.roomId) !== room);
		const isNew = ({ roomId, timeline }: RoomState): boolean =>
			!saved.timelines.has(roomId) || saved.rooms.get(roomId)?.timeline !== timeline;
		const isSealed = ({ summary }: RoomState): boolean => summary?.encryption !== undefined;
		const rows = changed.map(async (room) => {
			const row = toCachedRoom(room);
			return row === undefined || !isSealed(room) ? row : seal.seal(row, "roomId");
		});
		const timelines = [...kept.rooms.values()]
			.filter((room) => kept.timelines.has(room.roomId) && isNew(room))
			.map(async (room) => {
				const timeline = toCachedTimeline(room);
				return isSealed(room) ? seal.seal(timeline, "roomId") : timeline;
			});
		return {
			rows: (await Promise.all(rows)).filter((row) => row !== undefined),
			timelines: await Promise.all(timelines),
		};
	}

	#headOf(state: ClientState, kept: Kept): CacheHead | undefined {
		const { wholePosition: position, me } = state;
		if (position === undefined || me === undefined) return undefined;
		const olderRoomsCursor = cursorBehind(state, [...kept.rooms.values()]);
		const accountData = [...state.accountData];
		return { format: cacheFormat, position, me, olderRoomsCursor, accountData, writer: this.#name };
	}
}

function keptOf(known: ReadonlyMap<string, RoomState>): Kept {
	const rooms = keptRooms(known);
	return {
		rooms: new Map(rooms.map((room) => [room.roomId, room])),
		timelines: new Set(keptTimelines(rooms).map((room) => room.roomId)),
	};
}
