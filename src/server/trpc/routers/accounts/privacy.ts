import { setPrivacyInput, wirePrivacy } from "../../../../shared/wire/privacy.ts";
import { sessionProcedure } from "../../procedures.ts";

export const privacy = sessionProcedure
	.output(wirePrivacy)
	.query(({ ctx }) => ctx.areas.stream.privacyOf(ctx.viewer.userId));

export const setPrivacy = sessionProcedure
	.input(setPrivacyInput)
	.output(wirePrivacy)
	.mutation(({ ctx, input }) => ctx.areas.stream.setPrivacy(ctx.viewer, input));
