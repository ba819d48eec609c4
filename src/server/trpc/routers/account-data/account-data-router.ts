import { readAccountDataInput, readAccountDataOutput, wireAccountData } from "../../../../shared/wire/account-data.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { privacyType } from "../../../../shared/wire/privacy-choices.ts";
import { router, sessionProcedure } from "../../procedures.ts";

const get = sessionProcedure
	.input(readAccountDataInput)
	.output(readAccountDataOutput)
	.query(async ({ ctx, input }) => {
		const content = await ctx.areas.stream.readAccountData(ctx.viewer, input.type);
		return content === undefined ? {} : { content };
	});

const set = sessionProcedure
	// The server itself reads these choices: they are set by a call that checks them.
	.input(wireAccountData.refine(({ type }) => type !== privacyType))
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.stream.setAccountData(ctx.viewer, input);
		return { done: true };
	});

export const accountDataRouter = router({ get, set });
