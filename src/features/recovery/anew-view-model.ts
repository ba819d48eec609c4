import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { PasskeyCancelled } from "../../client/session/passkeys.ts";
import { proofKindOf, provePerson } from "../../client/session/prove-person.ts";
import { failureOf } from "../../client/trpc/errors.ts";
import { trpc } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import { isAppErrorCode } from "../../shared/wire/error.ts";

class ResetRefused extends Error {
	readonly code: string;

	constructor(code: string) {
		super(code);
		this.code = code;
	}
}

/** A new identity for somebody who has lost the old one, after they have shown that it is they who ask. */
export function useAnew(onDone: () => void) {
	const found = trpc.passkeys.waysIn.useQuery();
	const ways = found.data;
	const [password, setPassword] = useState("");
	const reset = useMutation({
		mutationFn: async () => {
			if (ways === undefined) return;
			const outcome = await askEngine("resetIdentity", { proof: await provePerson(ways, password) });
			if (outcome.kind === "refused") throw new ResetRefused(outcome.code);
		},
		onSuccess: onDone,
	});
	return {
		proofKind: ways && proofKindOf(ways),
		password,
		isBusy: reset.isPending,
		error: reset.error === null ? undefined : wordsFor(reset.error),
		onPassword: (typed: string) => {
			reset.reset();
			setPassword(typed);
		},
		onSubmit: () => {
			if (!reset.isPending) reset.mutate();
		},
	};
}

function wordsFor(error: Error): string | undefined {
	if (error instanceof PasskeyCancelled) return undefined;
	if (!(error instanceof ResetRefused)) return failureText(failureOf(error).code);
	if (error.code === "wrong-credentials") return text("anew.wrongPassword");
	return failureText(isAppErrorCode(error.code) ? error.code : "internal");
}
