import { tracked } from "@trpc/server";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { acknowledgeInput } from "../../../../shared/wire/message-calls.ts";
import { setActiveInput, setTypingInput, wireSyncInput } from "../../../../shared/wire/sync.ts";
import { router, sessionProcedure } from "../../procedures.ts";
import { positionOf } from "../parse-identifiers.ts";

const acknowledge = sessionProcedure
	.input(acknowledgeInput)
	.output(doneOutput)
	.mutation(({ ctx, input }) => {
		ctx.areas.stream.acknowledge(ctx.viewer, Number(input.position));
		return { done: true };
	});

const setTyping = sessionProcedure
	.input(setTypingInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.stream.setTyping(ctx.viewer, input);
		return { done: true };
	});

const setActive = sessionProcedure
	.input(setActiveInput)
	.output(doneOutput)
	.mutation(({ ctx, input }) => {
		ctx.areas.stream.setActive(ctx.viewer, input);
		return { done: true };
	});

const subscribe = sessionProcedure.input(wireSyncInput).subscription(async function* ({ ctx, input, signal }) {
	const { lastEventId, windowSize, timelineLimit, clientId, keys } = input;
	const since = lastEventId === undefined || lastEventId === null ? undefined : Number(lastEventId);
	const end = ctx.connection.beginSubscription();
	try {
		const items = ctx.areas.stream.subscribe({
			userId: ctx.viewer.userId,
			sessionId: ctx.viewer.sessionId,
			clientId,
			deviceId: keys === undefined ? undefined : ctx.viewer.deviceId,
			toDevicePosition: keys?.toDevicePosition === undefined ? undefined : positionOf(keys.toDevicePosition),
			since,
			windowSize,
			timelineLimit,
			signal: signal ?? new AbortController().signal,
		});
		for await (const { position, item } of items) {
			yield tracked(String(position), item);
			// What happens meanwhile waits in the subscriber, which is bounded, and not in the socket.
			await ctx.connection.whenWritable();
		}
	} finally {
		end();
	}
});

export const syncRouter = router({ subscribe, acknowledge, setTyping, setActive });
