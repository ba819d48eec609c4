import type { NextApiRequest, NextApiResponse } from "next";
import { getContainer } from "../../../server/running-container.ts";
import { handleMediaRequest } from "../../../server/trpc/media/handle-media-request.ts";

/** The handler reads the body itself, no further than it may go. */
export const config = { api: { bodyParser: false, externalResolver: true } };

export default async function media(request: NextApiRequest, response: NextApiResponse): Promise<void> {
	await handleMediaRequest(getContainer(), request, response);
}
