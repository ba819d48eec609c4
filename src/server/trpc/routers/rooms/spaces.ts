import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	addToSpaceInput,
	hierarchyInput,
	hierarchyOutput,
	removeFromSpaceInput,
} from "../../../../shared/wire/directory-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomIdOf, serverNameOf } from "../parse-identifiers.ts";

export const hierarchy = sessionProcedure
	.input(hierarchyInput)
	.output(hierarchyOutput)
	.query(async ({ ctx, input: { cursor = "0", ...input } }) => {
		const { items, nextOffset, unreachedCount } = await ctx.areas.rooms.walkSpace({
			...input,
			userId: ctx.viewer.userId,
			roomId: roomIdOf(input.roomId),
			via: input.via.map(serverNameOf),
			offset: Number(cursor),
		});
		return {
			items: items.map((room) => ({ ...room, via: [...room.via] })),
			...(nextOffset === undefined ? {} : { nextCursor: String(nextOffset) }),
			unreachedCount,
		};
	});

export const addToSpace = sessionProcedure
	.input(addToSpaceInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const [spaceId, roomId] = [roomIdOf(input.spaceId), roomIdOf(input.roomId)];
		await ctx.areas.rooms.addToSpace({ ...input, userId: ctx.viewer.userId, spaceId, roomId });
		return { done: true };
	});

export const removeFromSpace = sessionProcedure
	.input(removeFromSpaceInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const [spaceId, roomId] = [roomIdOf(input.spaceId), roomIdOf(input.roomId)];
		await ctx.areas.rooms.removeFromSpace({ userId: ctx.viewer.userId, spaceId, roomId });
		return { done: true };
	});
