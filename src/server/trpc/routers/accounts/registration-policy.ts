import { registrationPolicyOutput } from "../../../../shared/wire/account-calls.ts";
import { publicProcedure } from "../../procedures.ts";

export const registrationPolicy = publicProcedure
	.output(registrationPolicyOutput)
	.query(({ ctx }) => ctx.areas.accounts.readRegistrationPolicy());
