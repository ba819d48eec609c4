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
		elsewhere: server === undefined ? undefined : addressElsewhere(query.trim(), server, join),
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

/** One public room by its alias, as an address names it: whole, or the part before the colon for this server's own. */
export function usePublicRoom(asked: string | undefined, serverName: string | undefined) {
	const alias = asked === undefined || serverName === undefined ? "" : wholeAlias(asked, serverName);
	const room = trpc.rooms.ofAlias.useQuery({ alias }, { enabled: alias !== "" });
	const join = useJoinRoom();
	const failure = room.error === null ? undefined : failureOf(room.error).code;
	return {
		state: room.isSuccess ? "ready" : failure === undefined ? "loading" : isMissing(failure) ? "missing" : "failed",
		failure: failure === undefined ? undefined : failureText(failure),
		room: room.data && snapshotOf(room.data, join),
		error: join.error,
		onRetry: () => void room.refetch(),
	} as const;
}

/** A room that is joined by its address alone: its server tells what it is when one is in. */
function addressElsewhere(alias: string, server: string, join: ReturnType<typeof useJoinRoom>): RoomElsewhere {
	return { alias, server, isJoining: join.joiningId === alias, onJoin: () => join.run(alias) };
}

function wholeAlias(asked: string, serverName: string): string {
	const withSign = asked.startsWith("#") ? asked : `#${asked}`;
	return withSign.includes(":") ? withSign : `${withSign}:${serverName}`;
}

function isMissing(code: string): boolean {
	return code === "not-found" || code === "bad-input";
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
