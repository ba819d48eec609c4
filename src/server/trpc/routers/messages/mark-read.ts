import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { markReadInput } from "../../../../shared/wire/message-calls.ts";
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
