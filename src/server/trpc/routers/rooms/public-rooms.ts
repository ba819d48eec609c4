import {
	publicRoomInput,
	publicRoomsInput,
	publicRoomsOutput,
	wirePublicRoom,
} from "../../../../shared/wire/directory-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomAliasOf } from "../parse-identifiers.ts";

export const directory = sessionProcedure
	.input(publicRoomsInput)
	.output(publicRoomsOutput)
	.query(async ({ ctx, input }) => {
		const page = await ctx.areas.rooms.findPublic({ ...input, userId: ctx.viewer.userId });
		return { ...page, items: [...page.items] };
	});

export const ofAlias = sessionProcedure
	.input(publicRoomInput)
	.output(wirePublicRoom)
	.query(({ ctx, input }) =>
		ctx.areas.rooms.readPublic({ userId: ctx.viewer.userId, alias: roomAliasOf(input.alias) }),
	);
