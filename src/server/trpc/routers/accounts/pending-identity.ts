import * as z from "zod";
import { publicProcedure } from "../../procedures.ts";

/** What the sign-up form can fill in for somebody who came from the identity provider, and whether a token came along. */
export const pendingIdentity = publicProcedure
	.output(z.object({ suggestedName: z.string().optional(), hasToken: z.boolean() }))
	.query(async ({ ctx }) => {
		const { suggestedName, tokenHash } = await ctx.areas.accounts.readPendingIdentity(ctx.identityTicket ?? "");
		return { suggestedName, hasToken: tokenHash !== undefined };
	});
