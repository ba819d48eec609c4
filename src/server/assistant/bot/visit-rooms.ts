import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { isAppError } from "../../../shared/app-error.ts";
import type { Log } from "../../../shared/log.ts";
import type { WireEvent } from "../../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../../shared/wire/room.ts";
import type { WireStreamItem } from "../../../shared/wire/sync.ts";
import type { Viewer } from "../../accounts/public.ts";
import type { BotAreas, BotStore } from "./bot-ports.ts";
import type { BotEngine } from "./engine/open-engine.ts";
import { type ClosedEvent, openEvents, type ReadEvent } from "./open-events.ts";

export interface VisitParts {
	readonly areas: Pick<BotAreas, "rooms" | "timeline">;
	readonly store: Pick<BotStore, "rooms" | "noteJoined" | "forgetRoom">;
	readonly engine: Pick<BotEngine, "call">;
	readonly viewer: Viewer;
	readonly log: Log;
	/** Somebody wrote in a room that it is in, after it came; `isOld`: it was not there then, and reads it up. */
	onEvent(roomId: RoomId, event: ReadEvent, isOld: boolean): void;
	/** It has read up what was written in the room while it was not there. */
	onReadUp(roomId: RoomId): void;
	/** It is not in the room any more. */
	onLeft(roomId: RoomId): void;
}

/** The rooms that the assistant is in or asked into. */
export interface Visits {
	/** Takes in what happened, after the engine took in what is for it. */
	take(item: WireStreamItem): Promise<void>;
	/** Takes in a room of which nothing came so far. */
	visit(summary: WireRoomSummary): Promise<void>;
	/** What could not be opened may be now. */
	retry(sessions: readonly { readonly roomId: string; readonly sessionId: string }[]): Promise<void>;
	/** The room's row, where it is in the room. */
	summaryOf(roomId: RoomId): WireRoomSummary | undefined;
	/** What stands in the rooms that it is in about what it is to do there. */
	chosen(): ReadonlyMap<RoomId, Readonly<Record<string, unknown>>>;
}

/** So many events that wait for their keys are kept of a room. */
const mostClosed = 50;
/** So far back it reads up what was written since it came. */
const mostReadUp = 200;

export const openVisits = async (parts: VisitParts): Promise<Visits> => {
	const { areas, store, engine, viewer } = parts;
	const joined = new Map((await store.rooms()).map(({ roomId, joinedPosition }) => [roomId, joinedPosition]));
	const summaries = new Map<RoomId, WireRoomSummary>();
	const closed = new Map<RoomId, ClosedEvent[]>();
	const readUp = new Set<RoomId>();
	const chosen = new Map<RoomId, Readonly<Record<string, unknown>>>();
	const leave = (roomId: RoomId): Promise<void> =>
		areas.rooms.leave({ userId: viewer.userId, roomId }).then(() => forget(roomId));
	const forget = async (roomId: RoomId): Promise<void> => {
		joined.delete(roomId);
		chosen.delete(roomId);
		closed.delete(roomId);
		summaries.delete(roomId);
		await store.forgetRoom(roomId);
		parts.onLeft(roomId);
	};
	const hear = async (roomId: RoomId, events: readonly WireEvent[], isOld: boolean): Promise<void> => {
		const from = joined.get(roomId);
		if (from === undefined) return;
		const since = events.filter(({ position }) => Number(position) > from);
		const opened = await openEvents(engine, roomId, since);
		if (opened.closed.length > 0) {
			closed.set(roomId, [...(closed.get(roomId) ?? []), ...opened.closed].slice(-mostClosed));
		}
		for (const event of opened.read) parts.onEvent(roomId, event, isOld);
	};
	const takeRoom = async (room: WireStreamItem["rooms"][number]): Promise<void> => {
		const roomId = room.roomId as RoomId;
		const summary = room.summary ?? summaries.get(roomId);
		if (summary?.membership === "invite") return answerInvitation(parts, summary, leave);
		if (summary?.membership !== "join") return joined.has(roomId) ? forget(roomId) : undefined;
		summaries.set(roomId, summary);
		const arrival = room.events.findLast((event) => isOwnArrival(event, viewer.userId));
		if (arrival !== undefined) {
			joined.set(roomId, Number(arrival.position));
			await store.noteJoined(roomId, Number(arrival.position));
		}
		const isNew = !readUp.has(roomId);
		if (isNew || room.events.some(({ type }) => type === "kith.assistant" || type === "m.room.member")) {
			const wanted = await wantedAs(parts, roomId);
			if (wanted === undefined) return leave(roomId);
			chosen.set(roomId, wanted);
		}
		const from = joined.get(roomId);
		if (isNew && from !== undefined && arrival === undefined) {
			await hear(roomId, await readSince(parts, roomId, { from, before: room.events[0]?.position }), true);
		}
		readUp.add(roomId);
		await hear(roomId, room.events, false);
		if (isNew) parts.onReadUp(roomId);
	};
	return {
		summaryOf: (roomId) => summaries.get(roomId),
		chosen: () => chosen,
		take: async (item) => {
			for (const room of item.rooms) await unlessRefused(parts, takeRoom(room));
			if (item.kind !== "changes") return;
			for (const roomId of item.removedRoomIds) if (joined.has(roomId as RoomId)) await forget(roomId as RoomId);
		},
		visit: async (summary) => {
			if (summaries.has(summary.roomId as RoomId)) return;
			await unlessRefused(parts, takeRoom({ roomId: summary.roomId, summary, events: [], isLimited: false }));
		},
		retry: async (sessions) => {
			for (const roomId of new Set(sessions.map((session) => session.roomId as RoomId))) {
				const waiting = closed.get(roomId);
				if (waiting === undefined) continue;
				closed.delete(roomId);
				await hear(roomId, waiting, false);
			}
		},
	};
};

/** What is refused here and now is refused again the next time: nothing else waits for it. */
const unlessRefused = async ({ log }: VisitParts, work: Promise<void>): Promise<void> => {
	try {
		await work;
	} catch (err) {
		if (!isAppError(err) || err.code === "unavailable" || err.code === "storage-full") throw err;
		log.warn({ code: err.code }, "the assistant was refused something in a room");
	}
};

const isOwnArrival = ({ type, stateKey, content, previousContent }: WireEvent, userId: UserId): boolean =>
	type === "m.room.member" &&
	stateKey === userId &&
	content["membership"] === "join" &&
	previousContent?.["membership"] !== "join";

/** It comes where whoever asked it decides about it there, only people of this server are, and it is wanted; else it says no. */
const answerInvitation = async (
	{ areas, viewer, log }: VisitParts,
	{ roomId: id, invitedBy }: WireRoomSummary,
	decline: (roomId: RoomId) => Promise<void>,
): Promise<void> => {
	const roomId = id as RoomId;
	const userId = (invitedBy ?? viewer.userId) as UserId;
	const facts = await areas.rooms.botRoom({ roomId, userId });
	if (facts?.policy === "bot" && facts.isLocal && facts.isAdmin) {
		await areas.rooms.join({ userId: viewer.userId, room: roomId });
		return;
	}
	log.info({ roomId }, "the assistant turned an invitation down");
	await decline(roomId);
};

/** What stands in the room about it; undefined: it is not to stay. */
const wantedAs = async ({ areas, viewer }: VisitParts, roomId: RoomId) => {
	const facts = await areas.rooms.botRoom({ roomId, userId: viewer.userId });
	return facts?.policy === "bot" && facts.isLocal ? facts.content : undefined;
};

/** What was written while it was in the room and this process did not read along; the newest of it, the oldest first. */
const readSince = async (
	{ areas, viewer }: VisitParts,
	roomId: RoomId,
	{ from, before }: { readonly from: number; readonly before: string | undefined },
): Promise<readonly WireEvent[]> => {
	const query = { roomId, direction: "backwards", limit: mostReadUp, cursor: before } as const;
	const { items } = await areas.timeline.page(viewer.userId, query);
	return items.filter(({ position }) => Number(position) > from);
};
