import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { failureOf } from "../../client/trpc/errors.ts";
import { api, trpc } from "../../client/trpc/trpc.ts";
import { type Lasting, lastingMs } from "../../shared/lasting.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { loadStateOf } from "./load-state.ts";

/** What the owner is asked or shown. */
export type TokensDialog =
	| { readonly kind: "create" }
	| { readonly kind: "remove"; readonly id: string }
	| { readonly kind: "secret"; readonly link: string };

export function useAdminTokens() {
	const tokens = trpc.admin.tokens.useQuery();
	const policy = trpc.accounts.registrationPolicy.useQuery();
	const utils = trpc.useUtils();
	const [dialog, setDialog] = useState<TokensDialog | undefined>();
	const change = useMutation({
		mutationFn: (work: () => Promise<TokensDialog | undefined>) => work(),
		onSuccess: async (answer) => {
			setDialog(answer);
			await utils.admin.tokens.invalidate();
		},
	});
	return {
		state: loadStateOf(tokens),
		tokens: tokens.data?.items ?? [],
		policy: policy.data?.registration,
		dialog,
		isBusy: change.isPending,
		error: change.error === null ? undefined : failureText(failureOf(change.error).code),
		onAsk: () => setDialog({ kind: "create" }),
		onRemove: (id: string) => setDialog({ kind: "remove", id }),
		onClose: () => {
			change.reset();
			setDialog(undefined);
		},
		onCreate: (usesAllowed: number, lasting: Lasting) =>
			change.mutate(async () => {
				const expiresInMs = lastingMs[lasting];
				const terms = { usesAllowed, ...(expiresInMs !== undefined && { expiresInMs }) };
				const { token } = await api.admin.createToken.mutate(terms);
				return { kind: "secret", link: `${location.origin}/sign-up#token=${token}` };
			}),
		onConfirm: () => {
			if (dialog?.kind !== "remove") return;
			change.mutate(async () => {
				await api.admin.removeToken.mutate({ id: dialog.id });
				return undefined;
			});
		},
	};
}
