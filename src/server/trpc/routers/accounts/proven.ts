import { AppError } from "../../../../shared/app-error.ts";
import type { RelyingParty } from "../../../accounts/public.ts";
import type { CallContext } from "../../call-context.ts";

/** A passkey's answer with the site that it must be for. Throws AppError `forbidden` outside a page of ours. */
export const proven = <Answer extends object>(
	{ relyingParty }: CallContext,
	answer: Answer,
): Answer & { readonly relyingParty: RelyingParty } => {
	if (relyingParty === undefined) throw new AppError("forbidden");
	return { ...answer, relyingParty };
};
