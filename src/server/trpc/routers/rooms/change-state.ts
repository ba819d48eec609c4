import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import {
	aliasInput,
	roomInput,
	setAvatarInput,
	setHistoryVisibilityInput,
	setJoinRuleInput,
	setNameInput,
	setRoleInput,
	setServerAclInput,
	setTopicInput,
} from "../../../../shared/wire/room-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomAliasOf, roomIdOf, userIdOf } from "../parse-identifiers.ts";

const done = { done: true } as const;
const procedure = sessionProcedure.output(doneOutput);

export const setRole = procedure.input(setRoleInput).mutation(async ({ ctx, input }) => {
	const targetId = userIdOf(input.userId);
	await ctx.areas.rooms.setRole({ ...input, userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId), targetId });
	return done;
});

export const setName = procedure.input(setNameInput).mutation(async ({ ctx, input }) => {
	await ctx.areas.rooms.setName({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId), name: input.name });
	return done;
});

export const setTopic = procedure.input(setTopicInput).mutation(async ({ ctx, input }) => {
	await ctx.areas.rooms.setTopic({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId), topic: input.topic });
	return done;
});

export const setAvatar = procedure.input(setAvatarInput).mutation(async ({ ctx, input }) => {
	await ctx.areas.rooms.setAvatar({ ...input, userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
	return done;
});

export const setJoinRule = procedure.input(setJoinRuleInput).mutation(async ({ ctx, input }) => {
	const allowedRoomIds = input.allowedRoomIds.map(roomIdOf);
	const roomId = roomIdOf(input.roomId);
	await ctx.areas.rooms.setJoinRule({ ...input, userId: ctx.viewer.userId, roomId, allowedRoomIds });
	return done;
});

export const setServerAcl = procedure.input(setServerAclInput).mutation(async ({ ctx, input }) => {
	await ctx.areas.rooms.setServerAcl({ ...input, userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
	return done;
});

export const setHistoryVisibility = procedure.input(setHistoryVisibilityInput).mutation(async ({ ctx, input }) => {
	await ctx.areas.rooms.setHistoryVisibility({ ...input, userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
	return done;
});

export const enableEncryption = procedure.input(roomInput).mutation(async ({ ctx, input }) => {
	await ctx.areas.rooms.enableEncryption({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId) });
	return done;
});

export const addAlias = procedure.input(aliasInput).mutation(async ({ ctx, input }) => {
	const alias = roomAliasOf(input.alias);
	await ctx.areas.rooms.addAlias({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId), alias });
	return done;
});

export const removeAlias = procedure.input(aliasInput).mutation(async ({ ctx, input }) => {
	const alias = roomAliasOf(input.alias);
	await ctx.areas.rooms.removeAlias({ userId: ctx.viewer.userId, roomId: roomIdOf(input.roomId), alias });
	return done;
});
