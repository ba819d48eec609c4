import { personOutput } from "../../../../shared/wire/account-calls.ts";
import { personElsewhereInput } from "../../../../shared/wire/room-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { userIdOf } from "../parse-identifiers.ts";

export const personElsewhere = sessionProcedure
	.input(personElsewhereInput)
	.output(personOutput)
	.query(async ({ ctx, input }) => {
		const targetId = userIdOf(input.userId);
		const person = await ctx.areas.rooms.findPersonElsewhere({ userId: ctx.viewer.userId, targetId });
		return { userId: targetId, ...person };
	});
