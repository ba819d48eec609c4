import { z } from "zod";
import { registerInput } from "../../../../shared/wire/account-calls.ts";
import { wireUserId } from "../../../../shared/wire/identifiers.ts";
import { publicProcedure } from "../../procedures.ts";

export const register = publicProcedure
	.input(registerInput)
	.output(z.object({ userId: wireUserId }))
	.mutation(({ ctx, input }) => ctx.areas.accounts.register({ ...input, address: ctx.address }));
