import { z } from "zod";
import { AppError } from "../../../../shared/app-error.ts";
import { publicProcedure } from "../../procedures.ts";

/** What the sign-up form can fill in for somebody who came from the identity provider. */
export const pendingIdentity = publicProcedure
	.output(z.object({ suggestedName: z.string().optional() }))
	.query(async ({ ctx }) => {
		const pending = await ctx.areas.accounts.readSuggestedName(ctx.identityTicket ?? "");
		if (pending === undefined) throw new AppError("identity-expired");
		return pending;
	});
