import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { blockedOutput, blockInput, reportPersonInput } from "../../../../shared/wire/safety-calls.ts";
import { router, sessionProcedure } from "../../procedures.ts";
import { roomIdOf, userIdOf } from "../parse-identifiers.ts";

const done = { done: true } as const;

const block = sessionProcedure
	.input(blockInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.safety.block({ userId: ctx.viewer.userId, blockedId: userIdOf(input.userId) });
		return done;
	});

const unblock = sessionProcedure
	.input(blockInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.safety.unblock(ctx.viewer.userId, userIdOf(input.userId));
		return done;
	});

const blocked = sessionProcedure
	.output(blockedOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.safety.blockedBy(ctx.viewer.userId))] }));

const report = sessionProcedure
	.input(reportPersonInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.safety.report({
			userId: ctx.viewer.userId,
			subjectId: userIdOf(input.userId),
			roomId: input.roomId === undefined ? undefined : roomIdOf(input.roomId),
			words: input.words,
		});
		return done;
	});

export const safetyRouter = router({ block, unblock, blocked, report });
