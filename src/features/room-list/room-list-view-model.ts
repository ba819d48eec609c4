import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useClientState, useOutbox } from "../../client/hooks/use-client.ts";
import { useNow } from "../../client/hooks/use-now.ts";
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
	const outbox = useOutbox();
	const now = useNow();
	const [filter, setFilter] = useState<RoomFilter>("all");
	const [query, setQuery] = useState("");
	const older = useMutation({ mutationFn: loadOlderRooms });
	const all = useMemo(
		() => buildRows(rooms.values(), { ownUserId, currentRoomId, outbox, now }),
		[rooms, ownUserId, currentRoomId, outbox, now],
	);
	const kindOf = (roomId: string) => rooms.get(roomId)?.summary?.kind;
	return {
		state,
		rows: all.filter((row) => isShown(row, kindOf(row.roomId), { filter, query })),
		hasAnyRoom: all.length > 0,
		hasOlder,
		isLoadingOlder: older.isPending,
		unreadChats: all.filter((row) => row.unreadCount > 0 || row.isInvite).length,
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

interface Wanted {
	readonly filter: RoomFilter;
	readonly query: string;
}

function isShown(row: RoomRowSnapshot, kind: WireRoomKind | undefined, { filter, query }: Wanted): boolean {
	if (!row.name.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase())) return false;
	switch (filter) {
		case "all":
			return true;
		case "unread":
			return row.unreadCount > 0 || row.isInvite;
		case "direct":
			return kind === "direct";
		case "groups":
			return kind !== "direct";
	}
}
