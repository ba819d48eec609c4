import { useMutation } from "@tanstack/react-query";
import { askEngine } from "../../client/crypto/ask-engine.ts";
import { useProof } from "../../client/hooks/use-proof.ts";

class ResetRefused extends Error {
	readonly code: string;

	constructor(code: string) {
		super(code);
		this.code = code;
	}
}

/** A new identity for somebody who has lost the old one, after they have shown that it is they who ask. */
export function useAnew(onDone: () => void) {
	const proof = useProof();
	const reset = useMutation({
		mutationFn: async () => {
			const outcome = await askEngine("resetIdentity", { proof: await proof.prove() });
			if (outcome.kind === "refused") throw new ResetRefused(outcome.code);
		},
		onSuccess: onDone,
	});
	return {
		proof: {
			...proof,
			onPassword: (typed: string) => {
				reset.reset();
				proof.onPassword(typed);
			},
		},
		isBusy: reset.isPending,
		error: proof.failure(reset.error),
		onSubmit: () => {
			if (!reset.isPending) reset.mutate();
		},
	};
}
