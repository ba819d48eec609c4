import { failureOf } from "../../client/trpc/errors.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import type { LoadState } from "./admin-page-view.tsx";

/** How far a query has come, in words where it failed. */
export function loadStateOf(query: {
	readonly isSuccess: boolean;
	readonly error: unknown;
	readonly refetch: () => unknown;
}): LoadState {
	if (query.isSuccess) return { kind: "ready" };
	if (query.error === null) return { kind: "loading" };
	return {
		kind: "failed",
		error: failureText(failureOf(query.error).code),
		onRetry: () => void query.refetch(),
	};
}
