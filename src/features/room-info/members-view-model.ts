import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useDebounced } from "../../client/hooks/use-debounced.ts";
import { trpc } from "../../client/trpc/trpc.ts";

/** The list that was shown while people arrived is not the one that holds then. */
function useReadAnew(roomId: string, isArriving: boolean): void {
	const utils = trpc.useUtils();
	const wasArriving = useRef(isArriving);
	useEffect(() => {
		if (wasArriving.current && !isArriving) void utils.rooms.members.invalidate({ roomId });
		wasArriving.current = isArriving;
	}, [utils, roomId, isArriving]);
}

/** So many people are found at a glance; from there on there is a search. */
const searchFrom = 12;

/** The people of a room as they are asked for: those with a role first, then page by page, or those who are searched. */
export function useMembers(
	roomId: string,
	{ peopleCount, isArriving }: { readonly peopleCount: number; readonly isArriving: boolean },
) {
	const [query, setQuery] = useState("");
	const text = useDebounced(query.trim(), 200);
	const pages = trpc.rooms.members.useInfiniteQuery(
		{ roomId, limit: 60, ...(text !== "" && { text }) },
		{ getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
	);
	useReadAnew(roomId, isArriving);
	return {
		members: pages.data?.pages.flatMap((page) => page.items) ?? [],
		isLoaded: pages.isSuccess,
		list: {
			query,
			hasSearch: peopleCount >= searchFrom,
			isSearching: text !== "",
			hasMore: pages.hasNextPage,
			isLoadingMore: pages.isFetchingNextPage,
			onQuery: setQuery,
			onMore: () => void pages.fetchNextPage(),
		},
	};
}
