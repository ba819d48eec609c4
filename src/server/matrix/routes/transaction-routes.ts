import type { MatrixRoute } from "../matrix-route.ts";

/** Fifty of the largest events, a hundred EDUs, and what is around them. */
const maxBodyBytes = 13 * 1_048_576;

/** What other servers push. */
export const transactionRoutes: readonly MatrixRoute[] = [
	{
		method: "PUT",
		path: "/_matrix/federation/v1/send/{txnId}",
		isSigned: true,
		maxBodyBytes,
		answer: ({ exchange }, { origin, params, content }) =>
			exchange.receiveTransaction({ origin, txnId: params["txnId"] ?? "", content }),
	},
];
