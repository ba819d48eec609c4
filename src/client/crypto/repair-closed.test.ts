import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { initialState } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import type { ClosedReason, OpenedEvent } from "../store/event-seal.ts";
import type { RoomState } from "../store/room-state.ts";
import type { CryptoNews } from "./crypto-message.ts";
import { engineState } from "./engine-state.ts";
import type { ReceivedEvent } from "./message-cipher.ts";
import { noteTry } from "./opening-tries.ts";
import { keepRepairing } from "./repair-closed.ts";

const listeners = new Set<(news: CryptoNews) => void>();
/** The sessions whose keys the engine has. */
const held = new Set<string>();
let tries = 0;

vi.mock("./client-engine.ts", () => ({
	clientEngine: async () => ({
		onNews: (listener: (news: CryptoNews) => void) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	}),
}));
vi.mock("./client-cipher.ts", () => ({ clientCipher: { decrypt: async (batch: ReceivedEvent[]) => open(batch) } }));

const open = (batch: readonly ReceivedEvent[]): readonly WireEvent[] => {
	tries += 1;
	return batch.map(({ event }) => {
		noteTry(event, performance.now());
		return held.has("key") ? opened(event) : closed(event, "no-key");
	});
};

const opened = (event: WireEvent): OpenedEvent => ({
	...event,
	type: "m.room.message",
	content: { body: "Hello" },
	seal: { kind: "open", isVouched: true },
});

const closed = (event: WireEvent, reason: ClosedReason): OpenedEvent => ({
	...event,
	type: "m.room.message",
	content: {},
	seal: { kind: "closed", reason, event, sessionId: "key" },
});

const sealed = (): WireEvent => ({
	...{ eventId: "$one", type: "m.room.encrypted", sender: "@ben:kith.test", originServerTs: 1, position: "1" },
	content: { session_id: "key" },
});

const show = (event: WireEvent): void =>
	clientStore.set((state) => ({
		...state,
		rooms: new Map([["!room", { roomId: "!room", timeline: { events: [event] } } as unknown as RoomState]]),
	}));

const shown = (): WireEvent | undefined => clientStore.get().rooms.get("!room")?.timeline.events[0];

const tellOfKey = (): void => {
	held.add("key");
	for (const tell of listeners) tell({ kind: "roomKeys", sessions: [{ roomId: "!room", sessionId: "key" }] });
};

let stop = new AbortController();

beforeEach(async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
	held.clear();
	clientStore.set(() => initialState);
	engineState.set(() => ({ kind: "ready", identity: "verified" }));
	stop = new AbortController();
	await keepRepairing(stop.signal);
	await vi.advanceTimersByTimeAsync(1_000);
	tries = 0;
});

afterEach(() => {
	stop.abort();
	vi.useRealTimers();
});

it("opens what is closed once its key is heard of", async () => {
	const event = sealed();
	noteTry(event, performance.now());
	show(closed(event, "no-key"));
	await vi.advanceTimersByTimeAsync(1_000);
	expect(shown()?.content).toEqual({});
	expect(tries).toBe(0);
	tellOfKey();
	await vi.advanceTimersByTimeAsync(1_000);
	expect(shown()?.content).toEqual({ body: "Hello" });
	expect(tries).toBe(1);
});

it("opens what was found closed before its key came, and is shown after it", async () => {
	const event = sealed();
	noteTry(event, performance.now());
	const found = closed(event, "no-key");
	await vi.advanceTimersByTimeAsync(10);
	tellOfKey();
	await vi.advanceTimersByTimeAsync(1_000);
	show(found);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(shown()?.content).toEqual({ body: "Hello" });
});

it("opens what was found closed for want of an engine, and is shown when there is one", async () => {
	held.add("key");
	const event = sealed();
	noteTry(event, performance.now());
	await vi.advanceTimersByTimeAsync(10);
	engineState.set((state) => ({ ...state }));
	show(closed(event, "starting"));
	await vi.advanceTimersByTimeAsync(1_000);
	expect(shown()?.content).toEqual({ body: "Hello" });
});

it("does not try again and again what nothing was heard of", async () => {
	show(closed(sealed(), "no-key"));
	for (let change = 0; change < 5; change += 1) {
		await vi.advanceTimersByTimeAsync(1_000);
		clientStore.set((state) => ({ ...state, rooms: new Map(state.rooms) }));
		const room = clientStore.get().rooms.get("!room");
		if (room !== undefined) clientStore.set((state) => ({ ...state, rooms: new Map([["!room", { ...room }]]) }));
	}
	await vi.advanceTimersByTimeAsync(1_000);
	expect(tries).toBe(1);
});
