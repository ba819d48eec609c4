import { meOutput } from "../../../../shared/wire/account-calls.ts";
import { sessionProcedure } from "../../procedures.ts";

export const me = sessionProcedure.output(meOutput).query(({ ctx }) => ctx.areas.accounts.readOwnProfile(ctx.viewer));
