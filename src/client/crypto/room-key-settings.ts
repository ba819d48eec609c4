import * as z from "zod";

/** By which settings a room's keys are made and handed on. Matrix v1.19 Client-Server API, `m.room.encryption`. */
export const roomKeySettings = z.object({
	rotationPeriodMs: z.number().positive().optional(),
	rotationPeriodMessages: z.number().positive().optional(),
	historyVisibility: z.enum(["world_readable", "shared", "invited", "joined"]),
});
