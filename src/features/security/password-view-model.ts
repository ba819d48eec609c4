import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useProof } from "../../client/hooks/use-proof.ts";
import type { WaysIn } from "../../client/session/prove-person.ts";
import { api } from "../../client/trpc/trpc.ts";
import type { PasswordPartProps } from "./password-part-view.tsx";

const empty = { next: "", endsOthers: true };

export function usePasswordChange(ways: WaysIn, refresh: () => Promise<void>): PasswordPartProps {
	const proof = useProof();
	const [fields, setFields] = useState(empty);
	const change = useMutation({
		mutationFn: async () =>
			api.accounts.changePassword.mutate({
				proof: await proof.prove(),
				newPassword: fields.next,
				endsOtherSessions: fields.endsOthers,
			}),
		onSuccess: async () => {
			setFields(empty);
			proof.onPassword("");
			await refresh();
		},
	});
	const edited = () => {
		if (!change.isPending) change.reset();
	};
	return {
		fields,
		proof: {
			...proof,
			onPassword: (typed) => {
				edited();
				proof.onPassword(typed);
			},
		},
		hasPassword: ways.hasPassword,
		isBusy: change.isPending,
		isDone: change.isSuccess,
		error: proof.failure(change.error),
		onField: (changed) => {
			edited();
			setFields((all) => ({ ...all, ...changed }));
		},
		onSubmit: () => change.mutate(),
	};
}
