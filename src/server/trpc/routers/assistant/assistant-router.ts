import { tracked } from "@trpc/server";
import {
	assistantHostsOutput,
	assistantPolicyOutput,
	assistantStatusOutput,
	followRunInput,
	pullModelInput,
	runInput,
	setAssistantPolicyInput,
	startRunInput,
	startRunOutput,
} from "../../../../shared/wire/assistant.ts";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { roomInput } from "../../../../shared/wire/room-calls.ts";
import { adminProcedure, router, sessionProcedure } from "../../procedures.ts";
import { roomIdOf } from "../parse-identifiers.ts";
import { refuseLargeRun } from "./refuse-large-run.ts";

const done = { done: true } as const;

const status = sessionProcedure.output(assistantStatusOutput).query(({ ctx }) => ctx.areas.assistant.status());

const policy = sessionProcedure
	.input(roomInput)
	.output(assistantPolicyOutput)
	.query(({ ctx, input }) => ctx.areas.rooms.assistantPolicy(ctx.viewer.userId, roomIdOf(input.roomId)));

const setPolicy = sessionProcedure
	.input(setAssistantPolicyInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.rooms.setAssistantPolicy({ ...input, userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
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
		const roomId = input.kind === "support" ? undefined : roomIdOf(input.roomId);
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
export const assistantRouter = router({ status, policy, setPolicy, start, stream, cancel, hosts, pullModel });
