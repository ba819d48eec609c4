import { useMutation } from "@tanstack/react-query";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { dateText } from "../../shared/text/dates.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { BlockedPeopleProps } from "./blocked-people-view.tsx";

/** Whose invitations the person does not get, and letting them invite again. */
export function useBlockedPeople(): BlockedPeopleProps {
	const blocked = trpc.safety.blocked.useQuery();
	const utils = trpc.useUtils();
	const unblock = useMutation({
		mutationFn: (userId: string) => api.safety.unblock.mutate({ userId }),
		onSuccess: () => utils.safety.blocked.invalidate(),
	});
	return {
		state: blocked.isSuccess ? "ready" : blocked.isError ? "failed" : "loading",
		people: (blocked.data?.items ?? []).map(({ userId, since }) => ({ userId, since: dateText(since) })),
		unblocking: unblock.isPending ? unblock.variables : undefined,
		error: unblock.error === null ? undefined : failureText(failureOf(unblock.error).code),
		onUnblock: (userId) => unblock.mutate(userId),
		onRetry: () => void blocked.refetch(),
	};
}
