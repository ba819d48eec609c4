import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { trpc } from "../trpc/trpc.ts";
import { useDebounced } from "./use-debounced.ts";

/** The search for people by name or username, as it is typed. The reader is left out. */
export function usePeopleSearch(ownUserId: string | undefined) {
	const [query, setQuery] = useState("");
	const wanted = useDebounced(query.trim(), 200);
	const answer = trpc.accounts.searchPeople.useQuery(
		{ text: wanted, limit: 20 },
		{ enabled: wanted !== "", placeholderData: keepPreviousData },
	);
	const people = answer.data?.items.filter((person) => person.userId !== ownUserId);
	const onRetry = (): void => void answer.refetch();
	return { query, onQuery: setQuery, search: state(wanted, people, answer.isError ? onRetry : undefined) } as const;
}

type Person = { readonly userId: string; readonly displayName: string; readonly avatarUrl?: string | undefined };

/** `onRetry` is there where the search failed. */
function state(wanted: string, people: readonly Person[] | undefined, onRetry: (() => void) | undefined) {
	if (wanted === "") return { kind: "idle" } as const;
	if (onRetry !== undefined) return { kind: "failed", onRetry } as const;
	return people === undefined ? ({ kind: "loading" } as const) : ({ kind: "found", people } as const);
}
