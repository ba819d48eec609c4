import type { UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { AudienceCache } from "../audience-cache.ts";
import { connectedMembers } from "../connected-members.ts";
import type { Bus, Clock, StreamLog, StreamStore, TypingChange } from "../ports.ts";
import type { SubscriberIndex } from "../subscriber-index.ts";

/** Who is writing where: kept in the memory of every process, told at most four times a second, forgotten by itself. */
export interface Typing {
	/** Throws `not-a-member`. Says nothing to anybody while the person tells nobody. */
	set(input: { readonly userId: UserId; readonly roomId: string; readonly isTyping: boolean }): Promise<void>;
	/** What another process, or this one, was told. */
	heard(changes: readonly TypingChange[]): void;
	stop(): void;
}

export interface TypingOptions {
	readonly store: StreamStore;
	readonly audiences: AudienceCache;
	readonly subscribers: SubscriberIndex;
	readonly bus: Bus;
	readonly clock: Clock;
	readonly log: StreamLog;
	/** Whether the person tells that they write. */
	tells(userId: string): Promise<boolean>;
}

/** A client that goes on writing says so again every few seconds. */
const holdsMs = 12_000;
/** Another server says so again every forty seconds or so. */
const holdsRemoteMs = 60_000;
const settleMs = 250;
/** More names than anybody reads. */
const maxNames = 20;

interface WritingRoom {
	readonly roomNid: number;
	readonly roomId: string;
	/** Until when each is taken to be writing. */
	readonly until: Map<string, number>;
	/** Those of other servers. */
	readonly remote: Set<string>;
	isTold: boolean;
}

export const createTyping = (options: TypingOptions): Typing => {
	const { store, bus, clock } = options;
	const rooms = new Map<number, WritingRoom>();
	let timer: NodeJS.Timeout | undefined;
	let isTelling = false;
	const tick = async (): Promise<void> => {
		isTelling = true;
		forgetSilent(rooms, clock.now());
		const untold = [...rooms.values()].filter(({ isTold }) => !isTold);
		for (const room of untold) room.isTold = true;
		try {
			if (untold.length > 0) await tell(options, untold);
		} catch (error) {
			// Told again: a name whose end nobody hears of would stand for ever.
			for (const room of untold) room.isTold = false;
			options.log.warn({ err: error }, "who is writing could not be told");
		}
		for (const room of rooms.values()) if (room.until.size === 0 && room.isTold) rooms.delete(room.roomNid);
		if (rooms.size === 0) stop();
		isTelling = false;
	};
	const stop = (): void => {
		clearInterval(timer);
		timer = undefined;
	};
	return {
		set: async ({ userId, roomId, isTyping }) => {
			const roomNid = await store.joinedRoomNid(userId, roomId);
			if (roomNid === undefined) throw new AppError("not-a-member");
			if (await options.tells(userId))
				bus.publish({ kind: "typing", changes: [{ roomNid, roomId, userId, isTyping }] });
		},
		heard: (changes) => {
			for (const change of changes) apply(rooms, change, clock.now());
			if (rooms.size === 0) return;
			timer ??= setInterval(() => {
				if (!isTelling) void tick();
			}, settleMs);
		},
		stop,
	};
};

const newRoom = (roomNid: number, roomId: string): WritingRoom => ({
	...{ roomNid, roomId, isTold: true },
	until: new Map(),
	remote: new Set(),
});

const apply = (
	rooms: Map<number, WritingRoom>,
	{ roomNid, roomId, userId, isTyping, isRemote = false }: TypingChange,
	now: number,
): void => {
	const room = rooms.get(roomNid) ?? newRoom(roomNid, roomId);
	const wasTyping = room.until.has(userId);
	if (isTyping) room.until.set(userId, now + (isRemote ? holdsRemoteMs : holdsMs));
	else room.until.delete(userId);
	if (isRemote) room.remote.add(userId);
	if (wasTyping === isTyping) return;
	room.isTold = false;
	rooms.set(roomNid, room);
};

const forgetSilent = (rooms: ReadonlyMap<number, WritingRoom>, now: number): void => {
	for (const room of rooms.values()) {
		for (const [userId, until] of room.until) {
			if (until > now) continue;
			room.until.delete(userId);
			room.isTold = false;
		}
	}
};

const tell = async (options: TypingOptions, rooms: readonly WritingRoom[]): Promise<void> => {
	const { audiences, subscribers } = options;
	if (subscribers.size === 0) return;
	const missing = rooms.map(({ roomNid }) => roomNid).filter((roomNid) => audiences.get(roomNid) === undefined);
	if (missing.length > 0) await audiences.load(missing);
	for (const room of rooms) {
		const audience = audiences.get(room.roomNid);
		if (audience === undefined) continue;
		const isIn = (userId: string): boolean =>
			room.remote.has(userId) || audience.members.get(userId)?.membership === "join";
		const userIds = [...room.until.keys()].filter(isIn).slice(0, maxNames);
		for (const [readerId, { membership }] of connectedMembers(audience, subscribers)) {
			if (membership !== "join") continue;
			for (const reader of subscribers.of(readerId)) {
				if (reader.privacy.typing) reader.pushTyping(room.roomId, userIds);
			}
		}
	}
};
