import {
	dehydratedEventsInput,
	dehydratedEventsOutput,
	dehydratedIdOutput,
	dehydratedOutput,
	putDehydratedInput,
} from "../../../../shared/wire/key-calls.ts";
import { router, sessionProcedure } from "../../procedures.ts";
import { jsonBody } from "../keys/json-body.ts";
import { positionOf } from "../parse-identifiers.ts";

const put = sessionProcedure
	.input(putDehydratedInput)
	.output(dehydratedIdOutput)
	.mutation(async ({ ctx, input }) => {
		await ctx.areas.keys.dehydrated.put(ctx.viewer.userId, {
			deviceId: input.device_id,
			deviceData: jsonBody(input.device_data),
			deviceKeys: jsonBody(input.device_keys),
			oneTimeKeys: jsonBody(input.one_time_keys ?? {}),
			fallbackKeys: jsonBody(input.fallback_keys ?? {}),
			displayName: input.initial_device_display_name ?? "",
		});
		return { device_id: input.device_id };
	});

const read = sessionProcedure.output(dehydratedOutput).query(async ({ ctx }) => {
	const { deviceId, deviceData, createdAt } = await ctx.areas.keys.dehydrated.read(ctx.viewer.userId);
	return { device_id: deviceId, device_data: deviceData, created_ts: createdAt.getTime() };
});

const remove = sessionProcedure
	.output(dehydratedIdOutput)
	.mutation(async ({ ctx }) => ({ device_id: await ctx.areas.keys.dehydrated.remove(ctx.viewer.userId) }));

const events = sessionProcedure
	.input(dehydratedEventsInput)
	.output(dehydratedEventsOutput)
	.query(async ({ ctx, input }) => {
		const after = input.next_batch === undefined ? 0 : positionOf(input.next_batch);
		const page = await ctx.areas.keys.dehydrated.events(ctx.viewer.userId, { deviceId: input.device_id, after });
		return { events: page.events.map((event) => ({ ...event })), next_batch: String(page.next) };
	});

export const dehydratedDeviceRouter = router({ put, read, remove, events });
