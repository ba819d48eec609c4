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
	return { query, onQuery: setQuery, search: state(wanted, answer.isError, people) } as const;
}

type Person = { readonly userId: string; readonly displayName: string; readonly avatarUrl?: string | undefined };

function state(wanted: string, isError: boolean, people: readonly Person[] | undefined) {
	if (wanted === "") return { kind: "idle" } as const;
	if (isError) return { kind: "failed" } as const;
	return people === undefined ? ({ kind: "loading" } as const) : ({ kind: "found", people } as const);
}
