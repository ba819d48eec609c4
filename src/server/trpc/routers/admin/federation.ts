import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { destinationInput, destinationsOutput, selfChecksOutput } from "../../../../shared/wire/federation-calls.ts";
import { adminProcedure } from "../../procedures.ts";

export const destinations = adminProcedure
	.output(destinationsOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.federation.exchange.destinations.list())] }));

export const retryDestination = adminProcedure
	.input(destinationInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.federation.exchange.destinations.retryNow(input.serverName);
		return { done: true as const };
	});

export const selfChecks = adminProcedure
	.output(selfChecksOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.federation.checkSelf())] }));
