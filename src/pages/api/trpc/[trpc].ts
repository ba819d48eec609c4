import type { NextApiRequest, NextApiResponse } from "next";
import { getContainer } from "../../../server/running-container.ts";
import { handleTrpcRequest } from "../../../server/trpc/http-handler.ts";

/** The handler reads the body itself, with the limit that it has in the server's own process. */
export const config = { api: { bodyParser: false, externalResolver: true } };

export default async function trpc(request: NextApiRequest, response: NextApiResponse): Promise<void> {
	await handleTrpcRequest(getContainer(), request, response);
}
