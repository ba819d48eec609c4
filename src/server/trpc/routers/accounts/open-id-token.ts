import { openIdTokenOutput } from "../../../../shared/wire/account-calls.ts";
import { sessionProcedure } from "../../procedures.ts";

/** A mutation: its answer is a secret, and nothing on the way may keep it. */
export const openIdToken = sessionProcedure.output(openIdTokenOutput).mutation(async ({ ctx }) => {
	const { accounts } = ctx.areas;
	const { accessToken, expiresInMs } = await accounts.issueOpenIdToken(ctx.viewer);
	return {
		access_token: accessToken,
		token_type: "Bearer" as const,
		matrix_server_name: accounts.serverName,
		expires_in: expiresInMs / 1000,
	};
});
