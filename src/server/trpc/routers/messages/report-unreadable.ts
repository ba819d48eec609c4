import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { reportUnreadableInput } from "../../../../shared/wire/message-calls.ts";
import { sessionProcedure } from "../../procedures.ts";

export const reportUnreadable = sessionProcedure
	.input(reportUnreadableInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.messages.reportUnreadable({ userId: ctx.viewer.userId, tallies: input.counts });
		return { done: true };
	});
