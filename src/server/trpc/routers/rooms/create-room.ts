import {
	createRoomInput,
	followUpgradeInput,
	joinInput,
	knockInput,
	roomIdOutput,
	upgradeInput,
} from "../../../../shared/wire/room-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomAliasOf, roomIdOf, serverNameOf, userIdOf } from "../parse-identifiers.ts";

export const create = sessionProcedure
	.input(createRoomInput)
	.output(roomIdOutput)
	.mutation(async ({ ctx, input }) => {
		const inviteeIds = input.inviteeIds.map(userIdOf);
		const creatorId = ctx.viewer.userId;
		return { roomId: await ctx.areas.rooms.create({ ...input, creatorId, inviteeIds }) };
	});

export const join = sessionProcedure
	.input(joinInput)
	.output(roomIdOutput)
	.mutation(async ({ ctx, input }) => {
		const room = input.room.startsWith("#") ? roomAliasOf(input.room) : roomIdOf(input.room);
		return {
			roomId: await ctx.areas.rooms.join({ userId: ctx.viewer.userId, room, via: input.via.map(serverNameOf) }),
		};
	});

export const knock = sessionProcedure
	.input(knockInput)
	.output(roomIdOutput)
	.mutation(async ({ ctx, input }) => {
		const room = input.room.startsWith("#") ? roomAliasOf(input.room) : roomIdOf(input.room);
		const via = input.via.map(serverNameOf);
		return { roomId: await ctx.areas.rooms.knock({ userId: ctx.viewer.userId, room, via, reason: input.reason }) };
	});

export const followUpgrade = sessionProcedure
	.input(followUpgradeInput)
	.output(roomIdOutput)
	.mutation(async ({ ctx, input: { roomId, asks } }) => ({
		roomId: await ctx.areas.rooms.followUpgrade({ userId: ctx.viewer.userId, roomId: roomIdOf(roomId), asks }),
	}));

export const upgrade = sessionProcedure
	.input(upgradeInput)
	.output(roomIdOutput)
	.mutation(async ({ ctx, input }) => {
		const ownerIds = input.ownerIds.map(userIdOf);
		const roomId = roomIdOf(input.roomId);
		return { roomId: await ctx.areas.rooms.upgrade({ ...input, userId: ctx.viewer.userId, roomId, ownerIds }) };
	});
