import { tracked } from "@trpc/server";
import { AppError } from "../../../../shared/app-error.ts";
import {
	assistantHostsOutput,
	assistantPolicyOutput,
	assistantStatusOutput,
	followRunInput,
	lookUpInput,
	lookUpOutput,
	passageInput,
	passageOutput,
	pullModelInput,
	runInput,
	setAssistantPolicyInput,
	startRunInput,
	startRunOutput,
} from "../../../../shared/wire/assistant.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { embedBatchInput, embedInput, embedOutput } from "../../../../shared/wire/embedding.ts";
import { roomInput } from "../../../../shared/wire/room-calls.ts";
import { adminProcedure, router, sessionProcedure } from "../../procedures.ts";
import { roomIdOf } from "../parse-identifiers.ts";
import { refuseLargeBatch, refuseLargeRun } from "./refuse-large-run.ts";

const done = { done: true } as const;

const status = sessionProcedure.output(assistantStatusOutput).query(async ({ ctx }) => ({
	...(await ctx.areas.assistant.status()),
	botUserId: await ctx.areas.bot.userId(),
}));

const policy = sessionProcedure
	.input(roomInput)
	.output(assistantPolicyOutput)
	.query(async ({ ctx, input }) =>
		ctx.areas.rooms.assistantPolicy(ctx.viewer.userId, roomIdOf(input.roomId), await ctx.areas.bot.userId()),
	);

const setPolicy = sessionProcedure
	.input(setAssistantPolicyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const { areas, viewer } = ctx;
		const where = { userId: viewer.userId, roomId: roomIdOf(input.roomId) };
		const isWanted = input.policy === "bot";
		// Nothing is decided for an assistant that there is none of.
		if (isWanted && (await areas.rooms.assistantPolicy(where.userId, where.roomId)).canSet) {
			if ((await areas.bot.userId()) === undefined) throw new AppError("assistant-missing");
		}
		await areas.rooms.setAssistantPolicy({ ...input, ...where });
		// It leaves by itself where it is not wanted any more.
		if (isWanted) await areas.bot.invite(where.userId, where.roomId);
		return done;
	});

const start = sessionProcedure
	.use(async ({ getRawInput, next }) => {
		refuseLargeRun(await getRawInput());
		return next();
	})
	.input(startRunInput)
	.output(startRunOutput)
	.mutation(({ ctx, input }) => {
		// Only the owner has commands enough to be looked for.
		if (input.kind === "command" && !ctx.viewer.isOwner) throw new AppError("forbidden");
		const roomId = "roomId" in input ? roomIdOf(input.roomId) : undefined;
		return ctx.areas.assistant.start(ctx.viewer.userId, input, roomId);
	});

const stream = sessionProcedure.input(followRunInput).subscription(async function* ({
	ctx,
	input: { runId, lastEventId },
	signal = new AbortController().signal,
}) {
	const end = ctx.connection.beginSubscription();
	try {
		const after = Number(lastEventId ?? 0);
		for await (const { position, event } of ctx.areas.assistant.follow(ctx.viewer.userId, runId, { after, signal })) {
			yield tracked(String(position), event);
			await ctx.connection.whenWritable();
		}
	} finally {
		end();
	}
});

const cancel = sessionProcedure
	.input(runInput)
	.output(doneOutput)
	.mutation(({ ctx, input }) => {
		ctx.areas.assistant.cancel(ctx.viewer.userId, input.runId);
		return done;
	});

/** For who let their server do it: texts travel in the body alone, and vectors are kept by the page. */
const embed = sessionProcedure
	.use(async ({ getRawInput, next }) => {
		refuseLargeBatch(await getRawInput());
		return next();
	})
	.input(embedInput)
	.output(embedOutput)
	.mutation(({ ctx, input }) => {
		const roomId = input.use === "document" ? roomIdOf(input.roomId) : undefined;
		return ctx.areas.assistant.embed(ctx.viewer.userId, input, roomId);
	});

const cancelEmbed = sessionProcedure
	.input(embedBatchInput)
	.output(doneOutput)
	.mutation(({ ctx, input }) => {
		ctx.areas.assistant.cancelEmbed(ctx.viewer.userId, input.batchId);
		return done;
	});

/** A mutation, because what somebody asks stands in no address. */
const lookUp = sessionProcedure
	.input(lookUpInput)
	.output(lookUpOutput)
	.mutation(async ({ ctx, input }) => ({ items: [...(await ctx.areas.assistant.lookUp(input.question))] }));

const passage = sessionProcedure
	.input(passageInput)
	.output(passageOutput)
	.query(({ ctx, input }) => ctx.areas.assistant.readPassage(input));

const hosts = adminProcedure
	.output(assistantHostsOutput)
	.query(async ({ ctx }) => ({ items: [...(await ctx.areas.assistant.hosts())] }));

const pullModel = adminProcedure
	.input(pullModelInput)
	.output(doneOutput)
	.mutation(({ ctx, input }) => {
		ctx.areas.assistant.pullModel(input.url, input.model);
		return done;
	});

/** Runs of the assistant. What people wrote travels in the body of `start` alone: the input of a stream is an address. */
export const assistantRouter = router({
	...{ status, policy, setPolicy, start, stream, cancel, embed, cancelEmbed, lookUp, passage, hosts, pullModel },
});
