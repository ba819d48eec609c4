import type { MatrixRoute } from "../matrix-route.ts";

/** A question for some tens of servers. */
const queryBytes = 64 * 1024;

/** By which keys servers sign, for everybody. Matrix v1.19 Server-Server API, "Retrieving server keys". */
export const keyRoutes: readonly MatrixRoute[] = [
	{
		method: "GET",
		path: "/_matrix/key/v2/server",
		isSigned: false,
		maxBodyBytes: 0,
		answer: async ({ ownKeys }) => ({ kind: "answered", content: ownKeys() }),
	},
	{
		method: "GET",
		path: "/_matrix/key/v2/query/{serverName}",
		isSigned: false,
		maxBodyBytes: 0,
		answer: ({ queryKeysOf }, { params, query }) =>
			queryKeysOf({
				serverName: params["serverName"] ?? "",
				minimumValidUntil: query.get("minimum_valid_until_ts"),
			}),
	},
	{
		method: "POST",
		path: "/_matrix/key/v2/query",
		isSigned: false,
		maxBodyBytes: queryBytes,
		answer: ({ queryKeys }, { content }) => queryKeys(content),
	},
];
