import { useMutation } from "@tanstack/react-query";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { loadStateOf } from "./load-state.ts";

/** What people told the owner of this server. */
export function useAdminReports() {
	const reports = trpc.admin.reports.useQuery();
	const utils = trpc.useUtils();
	const settle = useMutation({
		mutationFn: (id: string) => api.admin.settleReport.mutate({ id }),
		onSuccess: () => utils.admin.reports.invalidate(),
	});
	return {
		state: loadStateOf(reports),
		reports: reports.data?.items ?? [],
		settling: settle.isPending ? settle.variables : undefined,
		error: settle.error === null ? undefined : failureText(failureOf(settle.error).code),
		onSettle: (id: string) => settle.mutate(id),
	};
}
