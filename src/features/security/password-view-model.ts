import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { PasskeyCancelled } from "../../client/session/passkeys.ts";
import { provePerson, type WaysIn } from "../../client/session/prove-person.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { PasswordPartProps } from "./password-part-view.tsx";

const empty = { current: "", next: "", endsOthers: true };

export function usePasswordChange(ways: WaysIn, refresh: () => Promise<void>): Omit<PasswordPartProps, "proofKind"> {
	const [fields, setFields] = useState(empty);
	const change = useMutation({
		mutationFn: async () =>
			api.accounts.changePassword.mutate({
				proof: await provePerson(ways, fields.current),
				newPassword: fields.next,
				endsOtherSessions: fields.endsOthers,
			}),
		onSuccess: async () => {
			setFields(empty);
			await refresh();
		},
	});
	return {
		fields,
		hasPassword: ways.hasPassword,
		isBusy: change.isPending,
		isDone: change.isSuccess,
		error: proofFailure(change.error, ways),
		onField: (changed) => {
			if (!change.isPending) change.reset();
			setFields((all) => ({ ...all, ...changed }));
		},
		onSubmit: () => change.mutate(),
	};
}

/** Why a change that asks for a proof was refused, in words; nothing where the person thought better of it. */
export function proofFailure(error: Error | null, ways: WaysIn): string | undefined {
	if (error === null || error instanceof PasskeyCancelled) return undefined;
	const { code } = failureOf(error);
	return code === "wrong-credentials" && ways.hasPassword ? text("security.wrongPassword") : failureText(code);
}
