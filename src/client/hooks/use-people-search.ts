import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { failureText } from "../../shared/text/failure-text.ts";
import { serverElsewhere } from "../rooms/elsewhere.ts";
import { failureOf } from "../trpc/errors.ts";
import { trpc } from "../trpc/trpc.ts";
import { useDebounced } from "./use-debounced.ts";

/** A whole id goes to another server: it is sent when whoever types has come to rest. */
const restMs = 700;

/**
 * The search for people as it is typed: by name or username on this server, by their whole id on another. The reader is
 * left out.
 */
export function usePeopleSearch(ownUserId: string | undefined) {
	const [query, setQuery] = useState("");
	const ownServer = ownUserId?.slice(ownUserId.indexOf(":") + 1);
	const isElsewhere = (text: string): boolean => serverElsewhere(text, "@", ownServer) !== undefined;
	const wanted = useDebounced(query.trim(), isElsewhere(query.trim()) ? restMs : 200);
	const asksElsewhere = isElsewhere(wanted);
	const here = trpc.accounts.searchPeople.useQuery(
		{ text: wanted, limit: 20 },
		{ enabled: wanted !== "" && !asksElsewhere, placeholderData: keepPreviousData },
	);
	const elsewhere = trpc.rooms.personElsewhere.useQuery({ userId: wanted }, { enabled: asksElsewhere });
	const answer = asksElsewhere ? elsewhere : here;
	const found = asksElsewhere ? elsewhere.data && [elsewhere.data] : here.data?.items;
	const failure = answer.isError
		? {
				text: asksElsewhere ? failureText(failureOf(answer.error).code) : undefined,
				onRetry: () => void answer.refetch(),
			}
		: undefined;
	const people = found?.filter((person) => person.userId !== ownUserId);
	return { query, onQuery: setQuery, search: state(wanted, people, failure) } as const;
}

type Person = { readonly userId: string; readonly displayName: string; readonly avatarUrl?: string | undefined };

/** `text` says why, where more is known than that nothing came. */
interface Failure {
	readonly text: string | undefined;
	readonly onRetry: () => void;
}

function state(wanted: string, people: readonly Person[] | undefined, failure: Failure | undefined) {
	if (wanted === "") return { kind: "idle" } as const;
	if (failure !== undefined) return { kind: "failed", ...failure } as const;
	return people === undefined ? ({ kind: "loading" } as const) : ({ kind: "found", people } as const);
}
