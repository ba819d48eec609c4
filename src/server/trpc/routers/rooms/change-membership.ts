import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { leaveInput, memberActionInput, roomInput } from "../../../../shared/wire/room-calls.ts";
import type { Rooms } from "../../../rooms/public.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomIdOf, userIdOf } from "../parse-identifiers.ts";

const done = { done: true } as const;

const memberAction = (verb: "invite" | "kick" | "ban" | "unban") =>
	sessionProcedure
		.input(memberActionInput)
		.output(doneOutput)
		.mutation(async ({ ctx, input }) => {
			const act: Rooms[typeof verb] = ctx.areas.rooms[verb];
			await act({
				userId: ctx.viewer.userId,
				roomId: roomIdOf(input.roomId),
				targetId: userIdOf(input.userId),
				reason: input.reason,
			});
			return done;
		});

export const invite = memberAction("invite");
export const kick = memberAction("kick");
export const ban = memberAction("ban");
export const unban = memberAction("unban");

export const leave = sessionProcedure
	.input(leaveInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const { userId } = ctx.viewer;
		await ctx.areas.rooms.leave({ userId, roomId: roomIdOf(input.roomId), reason: input.reason });
		return done;
	});

export const rejectInvite = sessionProcedure
	.input(roomInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.rooms.leave({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
		return done;
	});

export const acceptInvite = sessionProcedure
	.input(roomInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.rooms.join({ userId: ctx.viewer.userId, room: roomIdOf(input.roomId) });
		return done;
	});

export const forget = sessionProcedure
	.input(roomInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.rooms.forget({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
		return done;
	});
