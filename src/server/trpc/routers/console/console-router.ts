import { confirmCommandInput, runCommandInput, wireCommandResult } from "../../../../shared/wire/commands.ts";
import { router, sessionProcedure } from "../../procedures.ts";

const run = sessionProcedure
	.input(runCommandInput)
	.output(wireCommandResult)
	.mutation(({ ctx, input }) => ctx.areas.console.run(ctx.viewer, input.command));

const confirm = sessionProcedure
	.input(confirmCommandInput)
	.output(wireCommandResult)
	.mutation(({ ctx, input }) => ctx.areas.console.confirm(ctx.viewer, input));

/** The chat with the server. Commands are mutations: what is looked for stands in no address. */
export const consoleRouter = router({ run, confirm });
