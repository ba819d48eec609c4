import { beginPasskeySignUpInput } from "../../../../shared/wire/account-calls.ts";
import { passkeyOptions } from "../../../../shared/wire/passkey-calls.ts";
import { passkeyProcedure, publicPasskeyProcedure } from "../../procedures.ts";

/** Mutations, because each keeps a challenge. */
export const beginSignIn = publicPasskeyProcedure
	.output(passkeyOptions)
	.mutation(({ ctx: { areas, relyingParty, address } }) =>
		areas.accounts.passkeys.beginSignIn({ relyingParty, address }),
	);

export const beginSignUp = publicPasskeyProcedure
	.input(beginPasskeySignUpInput)
	.output(passkeyOptions)
	.mutation(({ ctx: { areas, relyingParty, address }, input }) =>
		areas.accounts.passkeys.beginSignUp({ ...input, relyingParty, address }),
	);

export const beginConfirm = passkeyProcedure
	.output(passkeyOptions)
	.mutation(({ ctx }) => ctx.areas.accounts.passkeys.beginConfirm(ctx.viewer, ctx.relyingParty));
