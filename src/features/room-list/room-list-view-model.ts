import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { settledDrafts } from "../../client/drafts/drafts.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { type ListedRoom, listedRooms } from "../../client/rooms/listed-rooms.ts";
import { loadOlderRooms } from "../../client/rooms/paging.ts";
import type { ClientState } from "../../client/store/client-state.ts";
import { sealedWith } from "../../client/verification/sealed-with.ts";
import { useVerified } from "../../client/verification/use-trust.ts";
import { roomName } from "../../shared/text/names.ts";
import type { RoomFilter, RoomRows } from "./room-list-view.tsx";
import { createRowReader } from "./room-rows.ts";

/** The chat list with its filter and its search. */
export function useRoomList(currentRoomId: string | undefined) {
	const rooms = useClientState((state) => state.rooms);
	const ownUserId = useClientState((state) => state.me?.userId ?? "");
	const state = useClientState(listState);
	const hasOlder = useClientState((known) => known.olderRoomsCursor !== undefined);
	const outbox = useObservable(clientOutbox.items, (items) => items);
	const drafts = useObservable(settledDrafts, (all) => all);
	const typing = useClientState((known) => known.typing);
	const presence = useClientState((known) => known.presence);
	const now = useNow();
	const all = useMemo(() => listedRooms(rooms.values()), [rooms]);
	const verified = useVerified(useMemo(() => othersOf(all), [all]));
	const [filter, setFilter] = useState<RoomFilter>("all");
	const [query, setQuery] = useState("");
	const older = useMutation({ mutationFn: loadOlderRooms });
	const [read] = useState(createRowReader);
	const unread = all.filter(isUnread);
	const shown = useMemo(() => all.filter((room) => isOf(filter, room) && isNamed(room, query)), [all, filter, query]);
	return {
		state,
		rows: useMemo((): RoomRows => {
			const context = { ownUserId, currentRoomId, outbox, drafts, typing, presence, verified, now };
			return {
				count: shown.length,
				currentRoomId: shown.some(({ roomId }) => roomId === currentRoomId) ? currentRoomId : undefined,
				first: (count) => shown.slice(0, count).map((room) => read(room, context)),
			};
		}, [shown, read, ownUserId, currentRoomId, outbox, drafts, typing, presence, verified, now]),
		hasAnyRoom: all.length > 0,
		hasOlder,
		isLoadingOlder: older.isPending,
		unreadChats: {
			all: 0,
			unread: unread.length,
			direct: unread.filter((room) => isOf("direct", room)).length,
			groups: unread.filter((room) => isOf("groups", room)).length,
		},
		filter,
		query,
		onFilter: setFilter,
		onQuery: setQuery,
		onOlder: () => older.mutate(),
	};
}

/** In an order of their own: a chat that moves up the list is no other question. */
function othersOf(rooms: readonly ListedRoom[]): readonly string[] {
	return [...new Set(rooms.flatMap(({ summary }) => sealedWith(summary) ?? []))].sort();
}

function listState(state: ClientState): "loading" | "ready" | "failed" {
	if (state.isListReady) return "ready";
	return state.connection.kind === "offline" ? "failed" : "loading";
}

function isUnread({ summary }: ListedRoom): boolean {
	return summary.unreadCount > 0 || summary.membership === "invite";
}

function isNamed({ summary }: ListedRoom, query: string): boolean {
	const wanted = query.trim().toLocaleLowerCase();
	return wanted === "" || roomName(summary).toLocaleLowerCase().includes(wanted);
}

function isOf(filter: RoomFilter, room: ListedRoom): boolean {
	switch (filter) {
		case "all":
			return true;
		case "unread":
			return isUnread(room);
		case "direct":
			return room.summary.kind === "direct";
		case "groups":
			return room.summary.kind !== "direct";
	}
}
