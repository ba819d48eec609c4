import type { NextApiRequest, NextApiResponse } from "next";
import { getRequestMeta } from "next/dist/server/request-meta.js";
import { handleMatrixRequest } from "../../server/matrix/handle-matrix-request.ts";
import { getContainer } from "../../server/running-container.ts";

/** The handler reads the body itself, no further than it may go. */
export const config = { api: { bodyParser: false, externalResolver: true } };

/** What other servers ask: the build leads `/_matrix/` and the well-known address here. */
export default async function matrix(request: NextApiRequest, response: NextApiResponse): Promise<void> {
	request.url = uriAsSent(request);
	await handleMatrixRequest(getContainer(), request, response);
}

/** A rewrite writes the query anew; what was signed is every character as it came. */
function uriAsSent(request: NextApiRequest): string {
	const url = getRequestMeta(request, "initURL") ?? request.url ?? "";
	return url.replace(/^https?:\/\/[^/]*/, "");
}
