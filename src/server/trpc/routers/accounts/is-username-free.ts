import { z } from "zod";
import { publicProcedure } from "../../procedures.ts";

const output = z.object({
	isFree: z.boolean(),
	reason: z.enum(["username-invalid", "username-taken", "registration-closed"]).optional(),
});

export const isUsernameFree = publicProcedure
	.input(z.object({ localpart: z.string().min(1).max(64) }))
	.output(output)
	.query(({ ctx, input }) => ctx.areas.accounts.checkUsername({ localpart: input.localpart, address: ctx.address }));
