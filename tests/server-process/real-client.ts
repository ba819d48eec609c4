import { vi } from "vitest";
import { WebSocket } from "ws";
import { loadOlderEvents } from "../../src/client/rooms/paging.ts";
import { initialState } from "../../src/client/store/client-state.ts";
import { clientStore } from "../../src/client/store/client-store.ts";
import { keepSubscribed } from "../../src/client/sync/follow-stream.ts";
import { closeSocket } from "../../src/client/trpc/socket.ts";
import type { WireEvent } from "../../src/shared/wire/event.ts";
import type { Person } from "./add-people.ts";
import { EventStream } from "./event-stream.ts";

/** The page's own store, transports and subscription, without a browser around them. One at a time in a process. */
export interface RealClient extends AsyncDisposable {
	/** What the page shows of a room, oldest first. */
	timeline(roomId: string): readonly WireEvent[];
	/** True when everything from the room's beginning is here. */
	isComplete(roomId: string): boolean;
	readonly via: "socket" | "events" | undefined;
	/** Pages back to the beginning, as scrolling up does. */
	loadAll(roomId: string): Promise<void>;
	/** Told after each change of the store. */
	watch(look: () => void): () => void;
}

/** Gives this process what a page of `origin` has, signed in as the person, and follows the stream. */
export function startRealClient(origin: string, person: Person): RealClient {
	const headers = { origin, cookie: person.cookie };
	const { host, protocol } = new URL(origin);
	vi.stubGlobal("location", { host, protocol });
	vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
	vi.stubGlobal(
		"WebSocket",
		class extends WebSocket {
			constructor(url: string) {
				super(url, { headers });
			}
		},
	);
	vi.stubGlobal(
		"EventSource",
		class extends EventStream {
			constructor(path: string) {
				super(`${origin}${path}`, headers);
			}
		},
	);
	const fetchPlain = globalThis.fetch;
	vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
		// The test's own calls go where they are addressed.
		if (!path.startsWith("/")) return fetchPlain(path, init);
		const own = { ...Object.fromEntries(new Headers(init.headers)), ...headers };
		return fetchPlain(`${origin}${path}`, { ...init, headers: own });
	});
	const me = {
		userId: person.userId,
		displayName: person.localpart,
		isOwner: false,
		deviceId: "PHONE",
		serverName: "",
	};
	clientStore.set(() => ({ ...initialState, me }));
	const stop = keepSubscribed({ onEnded: () => undefined });
	const room = (roomId: string) => clientStore.get().rooms.get(roomId)?.timeline;
	const isComplete = (roomId: string): boolean => room(roomId)?.isComplete === true;
	return {
		timeline: (roomId) => room(roomId)?.events ?? [],
		isComplete,
		get via() {
			const { connection } = clientStore.get();
			return connection.kind === "online" ? connection.via : undefined;
		},
		loadAll: async (roomId) => {
			while (!isComplete(roomId)) await loadOlderEvents(roomId);
		},
		watch: (look) => clientStore.subscribe(look),
		[Symbol.asyncDispose]: async () => {
			stop();
			closeSocket();
			vi.unstubAllGlobals();
		},
	};
}
