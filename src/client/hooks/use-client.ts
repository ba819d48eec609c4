import { useMemo } from "react";
import { applyPending } from "../outbox/apply-pending.ts";
import { clientOutbox } from "../outbox/client-outbox.ts";
import { isMessage } from "../outbox/outbox-entry.ts";
import type { OutboxItem } from "../outbox/outbox-item.ts";
import type { ClientState } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import type { RoomState } from "../store/room-state.ts";
import { useObservable } from "./use-observable.ts";

/** A part of what the page knows. */
export function useClientState<S>(select: (state: ClientState) => S): S {
	return useObservable(clientStore, select);
}

/** A room with the changes of this device in it that have not arrived yet. */
export function useRoom(roomId: string): RoomState | undefined {
	const room = useObservable(clientStore, (state) => state.rooms.get(roomId));
	const entries = useObservable(clientOutbox.items, (items) => items);
	return useMemo(() => room && applyPending(room, entries), [room, entries]);
}

/** The messages of this device that are on their way out. */
export function useOutbox(): readonly OutboxItem[] {
	const entries = useObservable(clientOutbox.items, (items) => items);
	return useMemo(() => entries.filter(isMessage), [entries]);
}
