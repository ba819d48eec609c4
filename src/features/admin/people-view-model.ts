import { keepPreviousData, useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClientState } from "../../client/hooks/use-client.ts";
import { useDebounced } from "../../client/hooks/use-debounced.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { WireAdminPerson } from "../../shared/wire/admin-calls.ts";
import { loadStateOf } from "./load-state.ts";

/** What the owner is asked or shown. */
export type PeopleDialog =
	| { readonly kind: "add" }
	| { readonly kind: "reset" | "disable"; readonly person: WireAdminPerson }
	| { readonly kind: "password"; readonly name: string; readonly password: string };

export function useAdminPeople() {
	const ownUserId = useClientState((state) => state.me?.userId);
	const [query, setQuery] = useState("");
	const wanted = useDebounced(query.trim(), 200);
	const people = trpc.admin.people.useInfiniteQuery(
		{ text: wanted, limit: 50 },
		{ getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
	);
	const [dialog, setDialog] = useState<PeopleDialog | undefined>();
	const change = useChange(setDialog);
	return {
		state: loadStateOf(people),
		people: people.data?.pages.flatMap((page) => page.items) ?? [],
		ownUserId,
		query,
		hasMore: people.hasNextPage,
		isLoadingMore: people.isFetchingNextPage,
		dialog,
		isBusy: change.isPending,
		error: change.error === null ? undefined : failureText(failureOf(change.error).code),
		onQuery: setQuery,
		onMore: () => void people.fetchNextPage(),
		onAdd: () => setDialog({ kind: "add" }),
		onReset: (person: WireAdminPerson) => setDialog({ kind: "reset", person }),
		onDisable: (person: WireAdminPerson) => setDialog({ kind: "disable", person }),
		onEnable: ({ userId }: WireAdminPerson) =>
			change.mutate(async () => {
				await api.admin.setDisabled.mutate({ userId, isDisabled: false });
				return undefined;
			}),
		onClose: () => {
			change.reset();
			setDialog(undefined);
		},
		onCreate: (localpart: string, displayName: string) =>
			change.mutate(async () => {
				const { password } = await api.admin.addPerson.mutate({ localpart, displayName });
				return { kind: "password", name: displayName, password } as const;
			}),
		onConfirm: () => {
			if (dialog?.kind === "reset" || dialog?.kind === "disable") change.mutate(() => confirm(dialog));
		},
	};
}

/** Does something, then shows what it answers: a password, or nothing. */
function useChange(show: (dialog: PeopleDialog | undefined) => void) {
	const utils = trpc.useUtils();
	return useMutation({
		mutationFn: (work: () => Promise<PeopleDialog | undefined>) => work(),
		onSuccess: async (answer) => {
			show(answer);
			await utils.admin.people.invalidate();
		},
	});
}

async function confirm({
	kind,
	person,
}: Extract<PeopleDialog, { kind: "reset" | "disable" }>): Promise<PeopleDialog | undefined> {
	const { userId, displayName: name } = person;
	if (kind === "disable") {
		await api.admin.setDisabled.mutate({ userId, isDisabled: true });
		return undefined;
	}
	const { password } = await api.admin.resetPassword.mutate({ userId });
	return { kind: "password", name, password };
}
