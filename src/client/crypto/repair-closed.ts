import type { WireEvent } from "../../shared/wire/event.ts";
import { type ClientState, withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { type ClosedReason, sealOf } from "../store/event-seal.ts";
import { applyRelations } from "../store/merge-timeline.ts";
import { withOwnCounts } from "../store/own-counts.ts";
import type { RoomState, Timeline } from "../store/room-state.ts";
import { clientCipher } from "./client-cipher.ts";
import { clientEngine } from "./client-engine.ts";
import type { CryptoNews } from "./crypto-message.ts";
import { engineState } from "./engine-state.ts";

/** Edits that cannot be read yet: they are in no timeline, and change one once they can. */
const waitingEdits = new Map<string, readonly WireEvent[]>();

/** Keeps what changes a message and cannot be read yet, until it can. */
export function keepClosedEdits(roomId: string, events: readonly WireEvent[]): void {
	const closed = events.filter((event) => event.relatesTo?.kind === "edit" && sealOf(event)?.kind === "closed");
	if (closed.length > 0) waitingEdits.set(roomId, [...(waitingEdits.get(roomId) ?? []), ...closed]);
}

/** What a person's devices being others than thought may change. */
const byPeople: ReadonlySet<ClosedReason> = new Set(["sender-unknown", "sender-unverified", "identity-changed"]);

/** Tries again to open what is closed, whenever what it was closed for may be over. */
export async function keepRepairing(signal: AbortSignal): Promise<void> {
	const engine = await clientEngine();
	if (engine === undefined || signal.aborted) return;
	const stops = [engine.onNews((news) => void hear(news)), engineState.subscribe(() => void whenReady())];
	signal.addEventListener("abort", () => {
		for (const stop of stops) stop();
		waitingEdits.clear();
	});
	await whenReady();
}

async function whenReady(): Promise<void> {
	const { kind } = engineState.get();
	if (kind === "starting" || kind === "off") return;
	await reopen(({ reason }) => reason === "starting" || (reason === "no-engine" && kind === "ready"));
}

async function hear(news: CryptoNews): Promise<void> {
	if (news.kind === "roomKeys") {
		const sessions = new Set(news.sessions.map(({ sessionId }) => sessionId));
		const roomIds = new Set(news.sessions.map(({ roomId }) => roomId));
		await reopen(({ sessionId }) => sessionId !== undefined && sessions.has(sessionId), roomIds);
	}
	if (news.kind === "people") {
		const people = new Set(news.userIds);
		await reopen(({ reason, event }) => byPeople.has(reason) && people.has(event.sender));
	}
}

type Closed = Extract<NonNullable<ReturnType<typeof sealOf>>, { kind: "closed" }>;

async function reopen(isWanted: (seal: Closed) => boolean, inRooms?: ReadonlySet<string>): Promise<void> {
	const rooms = [...clientStore.get().rooms.values()].filter(({ roomId }) => inRooms?.has(roomId) ?? true);
	for (const room of rooms) {
		const closed = new Map<string, Closed>();
		for (const event of [...shownIn(room), ...(waitingEdits.get(room.roomId) ?? [])]) {
			const seal = sealOf(event);
			if (seal?.kind === "closed" && isWanted(seal)) closed.set(event.eventId, seal);
		}
		if (closed.size === 0) continue;
		const batch = [...closed.values()].map(({ event }) => ({ roomId: room.roomId, event }));
		const events = await clientCipher.decrypt(batch).catch(() => []);
		// What is still closed may be so for another reason, which the person is told.
		const isNews = (event: WireEvent): boolean => {
			const seal = sealOf(event);
			return seal?.kind === "open" || seal?.reason !== closed.get(event.eventId)?.reason;
		};
		const news = new Map(events.filter(isNews).map((event) => [event.eventId, event]));
		if (news.size > 0) clientStore.set((state) => withOpened(state, room.roomId, news));
	}
}

function shownIn({ timeline, history, quoted, summary }: RoomState): readonly WireEvent[] {
	const all = [timeline.events, history?.timeline.events ?? [], quoted?.events ?? []].flat();
	return summary?.lastMessage === undefined ? all : [...all, summary.lastMessage];
}

function withOpened(state: ClientState, roomId: string, news: ReadonlyMap<string, WireEvent>): ClientState {
	const waiting = (waitingEdits.get(roomId) ?? []).map((event) => news.get(event.eventId) ?? event);
	const edits = waiting.filter((event) => sealOf(event)?.kind === "open");
	waitingEdits.set(
		roomId,
		waiting.filter((event) => sealOf(event)?.kind !== "open"),
	);
	const ownUserId = state.me?.userId ?? "";
	/** What happened to the event meanwhile stays. */
	const open = (event: WireEvent): WireEvent => {
		const words = news.get(event.eventId);
		if (words === undefined || sealOf(event)?.kind !== "closed" || event.redactedBy !== undefined) return event;
		return { ...event, ...words, ...(event.reactions && { reactions: event.reactions }) };
	};
	const openAll = (timeline: Timeline): Timeline =>
		applyRelations({ ...timeline, events: timeline.events.map(open) }, edits, ownUserId);
	const openRoom = ({ timeline, history, quoted, summary, ...room }: RoomState): RoomState => ({
		...room,
		timeline: openAll(timeline),
		...(history && { history: { ...history, timeline: openAll(history.timeline) } }),
		...(quoted && { quoted: openAll(quoted) }),
		...(summary && { summary: { ...summary, ...(summary.lastMessage && { lastMessage: open(summary.lastMessage) }) } }),
	});
	return withRoom(state, roomId, (room) => withOwnCounts(openRoom(room), ownUserId));
}
