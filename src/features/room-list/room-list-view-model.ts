import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { settledDrafts } from "../../client/drafts/drafts.ts";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { clientOutbox } from "../../client/outbox/client-outbox.ts";
import { loadOlderRooms } from "../../client/rooms/paging.ts";
import type { ClientState } from "../../client/store/client-state.ts";
import type { WireRoomKind } from "../../shared/wire/room.ts";
import type { RoomFilter } from "./room-list-view.tsx";
import type { RoomRowSnapshot } from "./room-row-view.tsx";
import { buildRows } from "./room-rows.ts";

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
	const [filter, setFilter] = useState<RoomFilter>("all");
	const [query, setQuery] = useState("");
	const older = useMutation({ mutationFn: loadOlderRooms });
	const all = useMemo(
		() => buildRows(rooms.values(), { ownUserId, currentRoomId, outbox, drafts, typing, presence, now }),
		[rooms, ownUserId, currentRoomId, outbox, drafts, typing, presence, now],
	);
	const kindOf = (row: RoomRowSnapshot) => rooms.get(row.roomId)?.summary?.kind;
	const fits = (wanted: RoomFilter) => (row: RoomRowSnapshot) => isOf(wanted, row, kindOf(row));
	const unread = all.filter(isUnread);
	return {
		state,
		rows: all.filter((row) => fits(filter)(row) && isNamed(row, query)),
		hasAnyRoom: all.length > 0,
		hasOlder,
		isLoadingOlder: older.isPending,
		unreadChats: {
			all: 0,
			unread: unread.length,
			direct: unread.filter(fits("direct")).length,
			groups: unread.filter(fits("groups")).length,
		},
		filter,
		query,
		onFilter: setFilter,
		onQuery: setQuery,
		onOlder: () => older.mutate(),
	};
}

function listState(state: ClientState): "loading" | "ready" | "failed" {
	if (state.isListReady) return "ready";
	return state.connection.kind === "offline" ? "failed" : "loading";
}

function isUnread(row: RoomRowSnapshot): boolean {
	return row.unreadCount > 0 || row.isInvite;
}

function isNamed(row: RoomRowSnapshot, query: string): boolean {
	return row.name.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase());
}

function isOf(filter: RoomFilter, row: RoomRowSnapshot, kind: WireRoomKind | undefined): boolean {
	switch (filter) {
		case "all":
			return true;
		case "unread":
			return isUnread(row);
		case "direct":
			return kind === "direct";
		case "groups":
			return kind !== "direct";
	}
}
