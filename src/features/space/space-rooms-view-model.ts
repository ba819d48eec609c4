import { useEffect } from "react";
import { useRoom } from "../../client/hooks/use-client.ts";
import { useJoinRoom } from "../../client/hooks/use-join-room.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";

/** The rooms in a space, here or through the servers in `via`. */
export function useSpaceRooms(roomId: string, via: readonly string[] = []) {
	const newest = useRoom(roomId)?.timeline.events.at(-1)?.eventId;
	const pages = trpc.rooms.hierarchy.useInfiniteQuery(
		{ roomId, via: [...via], limit: 50 },
		{ getNextPageParam: (page) => page.nextCursor, retry: false },
	);
	const join = useJoinRoom();
	const { refetch } = pages;
	// Whatever happens in a space is about which rooms are in it.
	useEffect(() => {
		if (newest !== undefined) void refetch();
	}, [newest, refetch]);
	const known = pages.data?.pages ?? [];
	const rooms = [...new Map(known.flatMap(({ items }) => items.map((room) => [room.roomId, room]))).values()];
	return {
		state: pages.isSuccess ? "ready" : pages.isError ? "failed" : "loading",
		failure: pages.error === null ? "" : failureText(failureOf(pages.error).code),
		rooms: rooms.filter(({ depth }) => depth > 0).map(join.lineOf),
		unreachedCount: Math.max(0, ...known.map((page) => page.unreachedCount)),
		hasMore: pages.hasNextPage,
		isLoadingMore: pages.isFetchingNextPage,
		progress: join.progress,
		error: join.error,
		onMore: () => void pages.fetchNextPage(),
		onRetry: () => void refetch(),
	} as const;
}
