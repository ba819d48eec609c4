import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { WireInvitationPolicy, WireServerRule } from "../../shared/wire/federation-calls.ts";
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
	const { error: rulesError, ...rules } = useServerRules();
	const error = retry.error === null ? rulesError : failureText(failureOf(retry.error).code);
	return {
		...rules,
		state: loadStateOf(destinations),
		destinations: destinations.data?.items ?? [],
		checkState: loadStateOf(checks),
		checks: checks.data?.items ?? [],
		isChecking: checks.isFetching,
		/** The server that is being tried again. */
		retrying: retry.isPending ? retry.variables : undefined,
		error,
		onRetry: (serverName: string) => retry.mutate(serverName),
		onCheck: () => void checks.refetch(),
	};
}

/** What the owner is asked: which server, and why. */
export interface RuleDialog {
	readonly kind: WireServerRule["kind"];
	/** The server that it was asked for; empty: to be written. */
	readonly pattern: string;
}

function useServerRules() {
	const utils = trpc.useUtils();
	const rules = trpc.admin.serverRules.useQuery();
	const [dialog, setDialog] = useState<RuleDialog | undefined>();
	const change = useMutation({
		scope: { id: "server-rules" },
		mutationFn: (work: () => Promise<unknown>) => work(),
		onSuccess: async () => {
			setDialog(undefined);
			await Promise.all([utils.admin.serverRules.invalidate(), utils.admin.destinations.invalidate()]);
		},
	});
	const error = change.error === null ? undefined : ruleFailure(failureOf(change.error).code);
	return {
		rulesState: loadStateOf(rules),
		rules: rules.data?.servers ?? [],
		policy: rules.data?.invitationPolicy,
		isPresenceShared: rules.data?.isPresenceShared,
		error: dialog === undefined ? error : undefined,
		ruleDialog: dialog,
		dialogs: {
			isBusy: change.isPending,
			error,
			onPut: (rule: { readonly kind: WireServerRule["kind"]; readonly pattern: string; readonly note: string }) =>
				change.mutate(() => api.admin.putServerRule.mutate(rule)),
			onClose: () => {
				change.reset();
				setDialog(undefined);
			},
		},
		onPolicy: (policy: WireInvitationPolicy) => change.mutate(() => api.admin.setInvitationPolicy.mutate({ policy })),
		onSharePresence: (isShared: boolean) => change.mutate(() => api.admin.setPresenceSharing.mutate({ isShared })),
		onRemoveRule: (pattern: string) => change.mutate(() => api.admin.removeServerRule.mutate({ pattern })),
		onAskRule: (kind: WireServerRule["kind"], pattern = "") => setDialog({ kind, pattern }),
	};
}

type FailureCode = Parameters<typeof failureText>[0];

/** What cannot be a server, or is this one. */
function ruleFailure(code: FailureCode): string {
	return code === "bad-input" ? text("serverRules.badName") : failureText(code);
}
