import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { sessionProcedure } from "../../procedures.ts";

export const signOut = sessionProcedure.output(doneOutput).mutation(async ({ ctx }) => {
	await ctx.areas.accounts.signOut(ctx.viewer);
	return { done: true as const };
});
