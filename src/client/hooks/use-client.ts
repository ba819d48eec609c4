import { clientOutbox } from "../outbox/client-outbox.ts";
import type { OutboxItem } from "../outbox/outbox-item.ts";
import type { ClientState } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import type { RoomState } from "../store/room-state.ts";
import { useObservable } from "./use-observable.ts";

/** A part of what the page knows. */
export function useClientState<S>(select: (state: ClientState) => S): S {
	return useObservable(clientStore, select);
}

export function useRoom(roomId: string): RoomState | undefined {
	return useObservable(clientStore, (state) => state.rooms.get(roomId));
}

/** The messages of this device that are on their way out. */
export function useOutbox(): readonly OutboxItem[] {
	return useObservable(clientOutbox.items, (items) => items);
}
