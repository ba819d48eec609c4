import type { NextApiRequest, NextApiResponse } from "next";
import { getContainer } from "../../../server/running-container.ts";
import { handleFilesRequest } from "../../../server/trpc/media/handle-files-request.ts";

/** The handler reads the body itself, no further than it may go. */
export const config = { api: { bodyParser: false, externalResolver: true } };

export default async function files(request: NextApiRequest, response: NextApiResponse): Promise<void> {
	await handleFilesRequest(getContainer(), request, response);
}
