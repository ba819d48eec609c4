import { registerInput, registerOutput } from "../../../../shared/wire/account-calls.ts";
import { publicProcedure } from "../../procedures.ts";
import { proven } from "./proven.ts";

export const register = publicProcedure
	.input(registerInput)
	.output(registerOutput)
	.mutation(({ ctx, input: { passkey, withIdentity, ...input } }) =>
		ctx.areas.accounts.register({
			...input,
			passkey: passkey === undefined ? undefined : proven(ctx, passkey),
			identityTicket: withIdentity === true ? (ctx.identityTicket ?? "") : undefined,
			address: ctx.address,
		}),
	);
