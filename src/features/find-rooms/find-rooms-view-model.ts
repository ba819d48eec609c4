import { keepPreviousData, useMutation } from "@tanstack/react-query";
import { useRouter } from "next/router";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useDebounced } from "../../client/hooks/use-debounced.ts";
import { publicRoomAddress, roomAddress } from "../../client/rooms/addresses.ts";
import { serverElsewhere } from "../../client/rooms/elsewhere.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WirePublicRoom } from "../../shared/wire/directory-calls.ts";
import type { PublicRoomSnapshot, RoomElsewhere } from "./public-room-view.tsx";

/** The public rooms of this server, and joining one. */
export function useFindRooms() {
	const [query, setQuery] = useState("");
	const text = useDebounced(query.trim(), 200);
	const pages = trpc.rooms.directory.useInfiniteQuery(
		{ text, limit: 30 },
		{ getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
	);
	const join = useJoinRoom();
	const ownServer = useClientState((state) => state.me?.serverName);
	const server = serverElsewhere(query.trim(), "#", ownServer);
	return {
		query,
		elsewhere: server === undefined ? undefined : addressElsewhere(query.trim(), server),
		state: pages.isSuccess ? "ready" : pages.isError ? "failed" : "loading",
		failure: pages.error === null ? undefined : failureText(failureOf(pages.error).code),
		rooms: pages.data?.pages.flatMap((page) => page.items.map((room) => snapshotOf(room, join))) ?? [],
		hasMore: pages.hasNextPage,
		isLoadingMore: pages.isFetchingNextPage,
		error: join.error,
		onQuery: setQuery,
		onMore: () => void pages.fetchNextPage(),
		onRetry: () => void pages.refetch(),
	} as const;
}

/** A room that is looked at by its address before one joins it: what is known of it is asked for there. */
function addressElsewhere(alias: string, server: string): RoomElsewhere {
	return { alias, server, href: publicRoomAddress(alias) };
}

function useJoinRoom() {
	const router = useRouter();
	const join = useMutation({
		mutationFn: (room: string) => api.rooms.join.mutate({ room }),
		onSuccess: ({ roomId }) => void router.push(roomAddress(roomId)),
	});
	return {
		run: (room: string) => {
			if (!join.isPending) join.mutate(room);
		},
		joiningId: join.isPending ? join.variables : undefined,
		error: join.error === null ? undefined : failureText(failureOf(join.error).code),
	};
}

function snapshotOf(room: WirePublicRoom, join: ReturnType<typeof useJoinRoom>): PublicRoomSnapshot {
	const { roomId, alias } = room;
	return {
		...room,
		previewHref: alias === undefined ? undefined : publicRoomAddress(alias),
		chatHref: room.membership === "join" ? roomAddress(roomId) : undefined,
		isJoining: join.joiningId === roomId,
		onJoin: () => join.run(roomId),
	};
}
