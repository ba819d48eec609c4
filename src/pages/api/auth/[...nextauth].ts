import type { NextApiRequest, NextApiResponse } from "next";
import { getContainer } from "../../../server/running-container.ts";
import { handleAuthRequest } from "../../../server/trpc/session/auth-handler.ts";

/** Names and passwords are short. */
export const config = { api: { bodyParser: { sizeLimit: "16kb" }, externalResolver: true } };

export default async function auth(request: NextApiRequest, response: NextApiResponse): Promise<void> {
	await handleAuthRequest(getContainer(), request, response);
}
