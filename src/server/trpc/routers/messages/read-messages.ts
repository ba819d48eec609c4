import {
	aroundInput,
	aroundOutput,
	atDateInput,
	atDateOutput,
	pageInput,
	pageOutput,
	readersInput,
	readersOutput,
} from "../../../../shared/wire/message-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { eventIdOf, roomIdOf } from "../parse-identifiers.ts";

export const page = sessionProcedure
	.input(pageInput)
	.output(pageOutput)
	.query(({ ctx, input }) =>
		ctx.areas.federation.paging.page(ctx.viewer.userId, { ...input, roomId: roomIdOf(input.roomId) }),
	);

export const atDate = sessionProcedure
	.input(atDateInput)
	.output(atDateOutput)
	.query(({ ctx, input }) =>
		ctx.areas.federation.paging.atDate(ctx.viewer.userId, { ...input, roomId: roomIdOf(input.roomId) }),
	);

export const around = sessionProcedure
	.input(aroundInput)
	.output(aroundOutput)
	.query(({ ctx, input }) =>
		ctx.areas.timeline.around(ctx.viewer.userId, {
			...input,
			roomId: roomIdOf(input.roomId),
			eventId: eventIdOf(input.eventId),
		}),
	);

export const readers = sessionProcedure
	.input(readersInput)
	.output(readersOutput)
	.query(({ ctx, input }) =>
		ctx.areas.timeline.readers(ctx.viewer.userId, {
			roomId: roomIdOf(input.roomId),
			eventId: eventIdOf(input.eventId),
		}),
	);
