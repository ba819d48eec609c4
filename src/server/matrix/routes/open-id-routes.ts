import { missingToken, unknownToken } from "../../../../federation/handshakes/refusal.ts";
import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { MatrixRoute } from "../matrix-route.ts";

/**
 * Tells any service whose token it was given. The token travels in the address, as the specification wants it: no log
 * line holds a query.
 */
export const openIdRoutes: readonly MatrixRoute[] = [
	{
		method: "GET",
		path: "/_matrix/federation/v1/openid/userinfo",
		isSigned: false,
		maxBodyBytes: 0,
		answer: async ({ whoseOpenIdToken }, { query }) => {
			const token = query.get("access_token");
			if (token === null || token === "") return missingToken();
			const userId = await whoseOpenIdToken(token);
			if (userId === undefined) return unknownToken();
			return {
				kind: "answered",
				content: jsonObject([["sub", userId]]),
				headers: { "Cache-Control": "no-store" },
			};
		},
	},
];
