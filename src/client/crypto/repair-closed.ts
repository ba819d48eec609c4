import type { WireEvent } from "../../shared/wire/event.ts";
import { type ClientState, withRoom } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { sealOf } from "../store/event-seal.ts";
import { applyRelations } from "../store/merge-timeline.ts";
import { withOwnCounts } from "../store/own-counts.ts";
import type { RoomState, Timeline } from "../store/room-state.ts";
import { clientCipher } from "./client-cipher.ts";
import { clientEngine } from "./client-engine.ts";
import { engineState } from "./engine-state.ts";
import { createHeardKeys } from "./heard-keys.ts";

/** Edits that cannot be read yet: they are in no timeline, and change one once they can. */
const waitingEdits = new Map<string, readonly WireEvent[]>();

/** Keeps what changes a message and cannot be read yet, until it can. */
export function keepClosedEdits(roomId: string, events: readonly WireEvent[]): void {
	const closed = events.filter((event) => event.relatesTo?.kind === "edit" && sealOf(event)?.kind === "closed");
	if (closed.length === 0) return;
	waitingEdits.set(roomId, [...(waitingEdits.get(roomId) ?? []), ...closed]);
	const room = clientStore.get().rooms.get(roomId);
	if (room !== undefined) lookedThrough.delete(room);
	void openDue();
}

/** So long after a change what is shown is looked through: a start brings many at once. */
const restMs = 100;

const heard = createHeardKeys(() => performance.now());

/** Rooms as they were when they were looked through. */
let lookedThrough = new WeakSet<RoomState>();

/** Tries again to open what is closed, whenever what it was closed for may be over. */
export async function keepRepairing(signal: AbortSignal): Promise<void> {
	const engine = await clientEngine();
	if (engine === undefined || signal.aborted) return;
	let timer: ReturnType<typeof setTimeout> | undefined;
	/** What came before the words that it opens were shown waits for them. */
	const lookSoon = (): void => {
		timer ??= setTimeout(() => {
			timer = undefined;
			void openDue();
		}, restMs);
	};
	const lookAtAll = (): void => {
		lookedThrough = new WeakSet();
		void openDue();
	};
	const stops = [
		engine.onNews((news) => heard.hear(news) && lookAtAll()),
		engineState.subscribe(() => {
			heard.hearAll();
			lookAtAll();
		}),
		clientStore.subscribe(lookSoon),
	];
	signal.addEventListener("abort", () => {
		for (const stop of stops) stop();
		clearTimeout(timer);
		waitingEdits.clear();
		lookedThrough = new WeakSet();
	});
	heard.hearAll();
	lookAtAll();
}

/** Opens, in the rooms that changed since they were looked through, what something was heard for. */
async function openDue(): Promise<void> {
	if (["starting", "off"].includes(engineState.get().kind)) return;
	for (const room of clientStore.get().rooms.values()) {
		if (lookedThrough.has(room)) continue;
		lookedThrough.add(room);
		await openDueIn(room);
	}
}

async function openDueIn(room: RoomState): Promise<void> {
	const { roomId } = room;
	const closed = new Map<string, ClosedSeal>();
	for (const event of [...shownIn(room), ...(waitingEdits.get(roomId) ?? [])]) {
		const seal = sealOf(event);
		if (seal?.kind === "closed" && heard.isDue(seal)) closed.set(event.eventId, seal);
	}
	if (closed.size === 0) return;
	const batch = [...closed.values()].map(({ event }) => ({ roomId, event }));
	const events = await clientCipher.decrypt(batch).catch(() => []);
	// What is still closed may be so for another reason, which the person is told.
	const isNews = (event: WireEvent): boolean => {
		const seal = sealOf(event);
		return seal?.kind === "open" || seal?.reason !== closed.get(event.eventId)?.reason;
	};
	const news = new Map(events.filter(isNews).map((event) => [event.eventId, event]));
	if (news.size > 0) clientStore.set((state) => withOpened(state, roomId, news));
}

type ClosedSeal = Extract<NonNullable<ReturnType<typeof sealOf>>, { readonly kind: "closed" }>;

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
