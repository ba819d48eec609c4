import { useMutation } from "@tanstack/react-query";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { loadStateOf } from "./load-state.ts";

/** Other servers, looked at every ten seconds while the page is open; this server's own checks when it opens and when asked. */
export function useAdminFederation() {
	const destinations = trpc.admin.destinations.useQuery(undefined, { refetchInterval: 10_000 });
	const checks = trpc.admin.selfChecks.useQuery(undefined, { staleTime: 60_000 });
	const utils = trpc.useUtils();
	const retry = useMutation({
		mutationFn: (serverName: string) => api.admin.retryDestination.mutate({ serverName }),
		onSuccess: () => utils.admin.destinations.invalidate(),
	});
	return {
		state: loadStateOf(destinations),
		destinations: destinations.data?.items ?? [],
		checkState: loadStateOf(checks),
		checks: checks.data?.items ?? [],
		isChecking: checks.isFetching,
		/** The server that is being tried again. */
		retrying: retry.isPending ? retry.variables : undefined,
		error: retry.error === null ? undefined : failureText(failureOf(retry.error).code),
		onRetry: (serverName: string) => retry.mutate(serverName),
		onCheck: () => void checks.refetch(),
	};
}
