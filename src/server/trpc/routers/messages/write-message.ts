import type { z } from "zod";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { relatedEventId } from "../../../../shared/wire/encrypted-content.ts";
import {
	editInput,
	reactInput,
	redactInput,
	sendEncryptedInput,
	sendInput,
	sendPictureInput,
	sentOutput,
} from "../../../../shared/wire/message-calls.ts";
import { sessionProcedure } from "../../procedures.ts";
import { eventIdOf, roomIdOf, userIdOf } from "../parse-identifiers.ts";

const procedure = sessionProcedure.output(sentOutput);

export const send = procedure
	.input(sendInput)
	.mutation(({ ctx, input }) =>
		ctx.areas.messages.send({ ...newMessageOf(ctx.viewer.userId, input), isAutomatic: input.isAutomatic }),
	);

export const sendPicture = procedure.input(sendPictureInput).mutation(({ ctx, input }) => {
	const { url, filename, info } = input;
	return ctx.areas.messages.sendPicture({ ...newMessageOf(ctx.viewer.userId, input), url, filename, info });
});

export const sendEncrypted = procedure.input(sendEncryptedInput).mutation(({ ctx, input }) => {
	const target = relatedEventId(input.content);
	return ctx.areas.messages.sendEncrypted({
		...input,
		userId: ctx.viewer.userId,
		roomId: roomIdOf(input.roomId),
		targetEventId: target === undefined ? undefined : eventIdOf(target),
	});
});

export const edit = procedure.input(editInput).mutation(({ ctx, input }) =>
	ctx.areas.messages.edit({
		...input,
		userId: ctx.viewer.userId,
		roomId: roomIdOf(input.roomId),
		targetEventId: eventIdOf(input.targetEventId),
	}),
);

export const react = procedure.input(reactInput).mutation(({ ctx, input }) =>
	ctx.areas.messages.react({
		...input,
		userId: ctx.viewer.userId,
		roomId: roomIdOf(input.roomId),
		targetEventId: eventIdOf(input.targetEventId),
	}),
);

export const redact = procedure.input(redactInput).mutation(({ ctx, input }) =>
	ctx.areas.messages.redact({
		...input,
		userId: ctx.viewer.userId,
		roomId: roomIdOf(input.roomId),
		targetEventId: eventIdOf(input.targetEventId),
	}),
);

const newMessageOf = (userId: UserId, input: z.output<typeof sendInput>) => ({
	userId,
	roomId: roomIdOf(input.roomId),
	transactionId: input.transactionId,
	body: input.body,
	replyTo: input.replyTo === undefined ? undefined : eventIdOf(input.replyTo),
	mentions: input.mentions?.map(userIdOf),
});
