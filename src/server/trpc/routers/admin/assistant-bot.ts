import { assistantBotOutput, setAssistantBotInput } from "../../../../shared/wire/assistant.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { adminProcedure } from "../../procedures.ts";

export const assistantBot = adminProcedure.output(assistantBotOutput).query(({ ctx }) => ctx.areas.bot.state());

export const setAssistantBot = adminProcedure
	.input(setAssistantBotInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await (input.isOn ? ctx.areas.bot.switchOn() : ctx.areas.bot.switchOff());
		return { done: true as const };
	});
