import type { z } from "zod";
import { AppError } from "../../../../shared/app-error.ts";
import type { personProof } from "../../../../shared/wire/person-proof.ts";
import type { PersonProof, RelyingParty } from "../../../accounts/public.ts";
import type { CallContext } from "../../call-context.ts";

/** A passkey's answer with the site that it must be for. Throws AppError `forbidden` outside a page of ours. */
export const proven = <Answer extends object>(
	{ relyingParty }: CallContext,
	answer: Answer,
): Answer & { readonly relyingParty: RelyingParty } => {
	if (relyingParty === undefined) throw new AppError("forbidden");
	return { ...answer, relyingParty };
};

/** A proof that the person is there, with what it must fit and what the browser's cookies add to it. */
export const proofOf = (ctx: CallContext, proof: z.output<typeof personProof>): PersonProof => {
	switch (proof.kind) {
		case "password":
			return proof;
		case "passkey":
			return proven(ctx, proof);
		case "provider":
			return { kind: "provider", ticket: ctx.confirmationTicket };
	}
};
