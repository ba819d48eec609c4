import { registrationPolicyOutput } from "../../../../shared/wire/calls.ts";
import { publicProcedure } from "../../procedures.ts";

export const registrationPolicy = publicProcedure
	.output(registrationPolicyOutput)
	.query(({ ctx }) => ctx.areas.accounts.readRegistrationPolicy());
