import * as z from "zod";
import { isUsernameFreeInput } from "../../../../shared/wire/account-calls.ts";
import { publicProcedure } from "../../procedures.ts";

const output = z.object({
	isFree: z.boolean(),
	reason: z
		.enum(["username-invalid", "username-taken", "registration-closed", "registration-token-invalid"])
		.optional(),
});

/** No query, because a token must not stand in an address. */
export const isUsernameFree = publicProcedure
	.input(isUsernameFreeInput)
	.output(output)
	.mutation(({ ctx, input }) => {
		const { identityTicket, address } = ctx;
		return ctx.areas.accounts.checkUsername({ ...input, identityTicket, address });
	});
