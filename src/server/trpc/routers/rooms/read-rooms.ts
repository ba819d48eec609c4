import { wireRoomDetails } from "../../../../shared/wire/room.ts";
import {
	membersInput,
	membersOutput,
	roomInput,
	roomListInput,
	roomListOutput,
} from "../../../../shared/wire/room-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { roomIdOf } from "../parse-identifiers.ts";

export const list = sessionProcedure
	.input(roomListInput)
	.output(roomListOutput)
	.query(({ ctx, input }) => ctx.areas.timeline.roomList(ctx.viewer.userId, input));

export const members = sessionProcedure
	.input(membersInput)
	.output(membersOutput)
	.query(({ ctx, input }) =>
		ctx.areas.timeline.members(ctx.viewer.userId, { ...input, roomId: roomIdOf(input.roomId) }),
	);

export const details = sessionProcedure
	.input(roomInput)
	.output(wireRoomDetails)
	.query(({ ctx, input }) => ctx.areas.roomDetails(ctx.viewer.userId, roomIdOf(input.roomId)));
