import {
	publicRoomInput,
	publicRoomsElsewhereInput,
	publicRoomsElsewhereOutput,
	publicRoomsInput,
	publicRoomsOutput,
	wirePublicRoom,
	wireRoomPreview,
} from "../../../../shared/wire/directory-calls.ts";
import { joinInput } from "../../../../shared/wire/room-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomAliasOf, roomIdOf, serverNameOf } from "../parse-identifiers.ts";

export const directory = sessionProcedure
	.input(publicRoomsInput)
	.output(publicRoomsOutput)
	.query(async ({ ctx, input }) => {
		const page = await ctx.areas.rooms.findPublic({ ...input, userId: ctx.viewer.userId });
		return { ...page, items: [...page.items] };
	});

export const directoryElsewhere = sessionProcedure
	.input(publicRoomsElsewhereInput)
	.output(publicRoomsElsewhereOutput)
	.query(async ({ ctx, input }) => {
		const server = serverNameOf(input.server);
		const page = await ctx.areas.rooms.findPublicElsewhere({ ...input, userId: ctx.viewer.userId, server });
		return { ...page, items: page.items.map((room) => ({ ...room, via: [...room.via] })) };
	});

export const ofAlias = sessionProcedure
	.input(publicRoomInput)
	.output(wirePublicRoom)
	.query(({ ctx, input }) =>
		ctx.areas.rooms.readPublic({ userId: ctx.viewer.userId, alias: roomAliasOf(input.alias) }),
	);

export const preview = sessionProcedure
	.input(joinInput)
	.output(wireRoomPreview)
	.query(async ({ ctx, input }) => {
		const room = input.room.startsWith("#") ? roomAliasOf(input.room) : roomIdOf(input.room);
		const found = await ctx.areas.rooms.preview({ userId: ctx.viewer.userId, room, via: input.via.map(serverNameOf) });
		return { ...found, via: [...found.via] };
	});
