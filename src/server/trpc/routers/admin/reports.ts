import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { reportInput, reportsOutput } from "../../../../shared/wire/safety-calls.ts";
import { adminProcedure } from "../../procedures.ts";

export const reports = adminProcedure
	.output(reportsOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.safety.reports())] }));

export const settleReport = adminProcedure
	.input(reportInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.safety.settle(input.id);
		return { done: true as const };
	});
