import { useEffect, useState } from "react";
import { failureOf } from "../../client/trpc/errors.ts";
import { httpClient } from "../../client/trpc/http-client.ts";

/** Who may make an account on this server. */
export type Policy = Awaited<ReturnType<typeof httpClient.registrationPolicy>>;

export type PolicyState =
	| { readonly kind: "loading" }
	| { readonly kind: "failed"; readonly code: ReturnType<typeof failureOf>["code"] }
	| { readonly kind: "known"; readonly policy: Policy };

export function usePolicy(): PolicyState {
	const [state, setState] = useState<PolicyState>({ kind: "loading" });
	useEffect(() => {
		const stop = new AbortController();
		httpClient.registrationPolicy(stop.signal).then(
			(policy) => setState({ kind: "known", policy }),
			(error: unknown) => {
				if (!stop.signal.aborted) setState({ kind: "failed", code: failureOf(error).code });
			},
		);
		return () => stop.abort();
	}, []);
	return state;
}
