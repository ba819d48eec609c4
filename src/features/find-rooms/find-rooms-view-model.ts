import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useDebounced } from "../../client/hooks/use-debounced.ts";
import { useJoinRoom } from "../../client/hooks/use-join-room.ts";
import { publicRoomAddress } from "../../client/rooms/addresses.ts";
import { serverElsewhere } from "../../client/rooms/elsewhere.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import type { RoomElsewhere } from "../../components/room-line.tsx";
import type { WireRoomPreview } from "../../shared/wire/directory-calls.ts";

import { useServerChoice } from "./server-choice-view-model.ts";
import { serverFailure } from "./server-failure.ts";

/** The public rooms of this server or of another one, and joining one. */
export function useFindRooms() {
	const [query, setQuery] = useState("");
	const me = useClientState((state) => state.me);
	const choice = useServerChoice(me);
	const { server } = choice;
	const pages = usePublicRooms(query, server);
	const join = useJoinRoom();
	const named = serverElsewhere(query.trim(), "#", me?.serverName);
	return {
		query,
		elsewhere: named === undefined ? undefined : addressElsewhere(query.trim(), named),
		choice,
		server,
		state: pages.isSuccess ? "ready" : pages.isError ? "failed" : "loading",
		failure: pages.error === null ? undefined : serverFailure(failureOf(pages.error).code, server, "list"),
		rooms: unrepeated(pages.data?.pages ?? []).map(join.lineOf),
		hasMore: pages.hasNextPage,
		isLoadingMore: pages.isFetchingNextPage,
		progress: join.progress,
		error: join.error,
		onQuery: setQuery,
		onMore: () => void pages.fetchNextPage(),
		onRetry: () => void pages.refetch(),
	} as const;
}

/** While somebody types, their own server is asked sooner than another one. */
const ownPauseMs = 200;
const otherPauseMs = 500;

function usePublicRooms(query: string, server: string | undefined) {
	const text = useDebounced(query.trim(), server === undefined ? ownPauseMs : otherPauseMs);
	const here = trpc.rooms.directory.useInfiniteQuery(
		{ text, limit: 30 },
		{
			enabled: server === undefined,
			getNextPageParam: (page) => page.nextCursor,
			placeholderData: keepPreviousData,
			select: (data) => ({ ...data, pages: data.pages.map(asSeenBefore) }),
		},
	);
	const there = trpc.rooms.directoryElsewhere.useInfiniteQuery(
		{ server: server ?? "", text, limit: 30 },
		{ enabled: server !== undefined, getNextPageParam: (page) => page.nextCursor, retry: false, staleTime: 60_000 },
	);
	return server === undefined ? here : there;
}

interface Page {
	readonly items: readonly WireRoomPreview[];
}

/** Rooms of this server, told as those of others are. */
function asSeenBefore<Room extends Omit<WireRoomPreview, "via">>(page: { readonly items: readonly Room[] }) {
	return { ...page, items: page.items.map((room) => ({ ...room, via: [] })) };
}

/** A server may list a room on two pages. */
function unrepeated(pages: readonly Page[]): readonly WireRoomPreview[] {
	return [...new Map(pages.flatMap(({ items }) => items.map((room) => [room.roomId, room]))).values()];
}

/** A room that is looked at by its address before one joins it: what is known of it is asked for there. */
function addressElsewhere(alias: string, server: string): RoomElsewhere {
	return { alias, server, href: publicRoomAddress(alias) };
}
