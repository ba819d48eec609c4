import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { clientAddress } from "../request/client-address.ts";
import { requestOrigin } from "../request/request-origin.ts";
import type { SignInHost } from "../transport-host.ts";
import { knownDevicesCookie, readKnownDevices } from "./known-devices.ts";
import { nextAuthOptions } from "./next-auth-options.ts";

/** Serves `/api/auth/*`. A form of another site can neither sign somebody in nor out. */
export const handleAuthRequest = async (
	host: SignInHost,
	request: NextApiRequest,
	response: NextApiResponse,
): Promise<void> => {
	if (request.method === "POST" && requestOrigin(request.headers, host.web.publicOrigin) !== "same") {
		response.status(403).json({ error: "forbidden" });
		return;
	}
	// next-auth lets anybody write lines into the log here.
	if ([request.query.nextauth].flat()[0] === "_log") {
		response.status(204).end();
		return;
	}
	const knownDevices = await readKnownDevices(request.headers, host.web);
	const options = nextAuthOptions(host, {
		knownDevices,
		onSignedIn: async (userId) => {
			response.appendHeader("Set-Cookie", await knownDevicesCookie(host.web, knownDevices, userId));
		},
		address: clientAddress(request, host.web.isTrustedProxy),
		onRetryAfter: (retryAfterMs) => response.setHeader("Retry-After", String(Math.ceil(retryAfterMs / 1000))),
	});
	await NextAuth(request, response, options);
};
