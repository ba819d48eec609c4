import { doneOutput, markReadInput } from "../../../../shared/wire/calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { eventIdOf, roomIdOf } from "../parse-identifiers.ts";

export const markRead = sessionProcedure
	.input(markReadInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.messages.markRead({
			userId: ctx.viewer.userId,
			roomId: roomIdOf(input.roomId),
			eventId: eventIdOf(input.eventId),
			kind: input.kind,
		});
		return { done: true };
	});
