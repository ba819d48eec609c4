import * as z from "zod";
import { doneOutput } from "../../../../shared/wire/call-fields.ts";
import { wirePosition } from "../../../../shared/wire/identifiers.ts";
import { sendToDeviceInput } from "../../../../shared/wire/key-calls.ts";
import { router, sessionProcedure } from "../../procedures.ts";
import { jsonBody } from "../keys/json-body.ts";
import { positionOf, userIdOf } from "../parse-identifiers.ts";

const send = sessionProcedure
	.input(sendToDeviceInput)
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		const messages = Object.entries(input.messages).flatMap(([userId, devices]) =>
			Object.entries(devices).map(([deviceId, content]) => ({
				...{ userId: userIdOf(userId), deviceId, content: jsonBody(content) },
			})),
		);
		const { event_type: type, txn_id: transactionId } = input;
		await ctx.areas.toDevice.send(ctx.viewer, { type, transactionId, messages });
		return { done: true as const };
	});

const acknowledge = sessionProcedure
	.input(z.object({ position: wirePosition }))
	.output(doneOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.stream.acknowledgeToDevice(ctx.viewer, positionOf(input.position));
		return { done: true as const };
	});

export const toDeviceRouter = router({ send, acknowledge });
