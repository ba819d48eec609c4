import { joinProgressInput, type WireJoinProgress } from "../../../../shared/wire/room-calls.ts";
import { sessionProcedure } from "../../procedures.ts";

export const joinProgress = sessionProcedure.input(joinProgressInput).subscription(async function* ({
	ctx,
	input: { room },
	signal = new AbortController().signal,
}): AsyncGenerator<WireJoinProgress> {
	const end = ctx.connection.beginSubscription();
	try {
		for await (const { server, stage, done, total } of ctx.areas.stream.followJoining(ctx.viewer, { room, signal })) {
			yield { server, stage, done, ...(total === undefined ? {} : { total }) };
			await ctx.connection.whenWritable();
		}
	} finally {
		end();
	}
});
