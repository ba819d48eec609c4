import * as z from "zod";
import { personOutput } from "../../../../shared/wire/account-calls.ts";
import { sessionProcedure } from "../../procedures.ts";

export const searchPeople = sessionProcedure
	.input(z.object({ text: z.string().max(255), limit: z.int().min(1).max(50).default(20) }))
	.output(z.object({ items: z.array(personOutput) }))
	.query(async ({ ctx, input }) => {
		const { items } = await ctx.areas.accounts.searchPeople(ctx.viewer, input);
		return { items: [...items] };
	});
