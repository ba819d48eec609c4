import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { deviceName } from "../../../shared/device-name.ts";
import { signInAddress } from "../../../shared/return-address.ts";
import { clientAddress } from "../request/client-address.ts";
import { relyingPartyOf } from "../request/relying-party.ts";
import { requestOrigin } from "../request/request-origin.ts";
import type { SignInHost } from "../transport-host.ts";
import { identityProviderId } from "./identity-provider.ts";
import { identityTicketCookie } from "./identity-ticket.ts";
import { knownDevicesCookie, readKnownDevices } from "./known-devices.ts";
import { nextAuthOptions } from "./next-auth-options.ts";
import { readProviderTrip, registrationCookie, registrationTokenIn } from "./provider-trip.ts";
import { codeOf, type SignInCaller } from "./sign-in-providers.ts";

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
	const [action, provider] = [request.query.nextauth].flat();
	// next-auth lets anybody write lines into the log here.
	if (action === "_log") {
		response.status(204).end();
		return;
	}
	const caller = await callerOf(host, request, response);
	if (provider === identityProviderId && !admits(host, caller)) {
		const url = signInAddress(caller.wanted, { error: "too-many-requests" });
		// Our page asks for an address; the provider sends a person.
		if (request.method === "POST") response.status(429).json({ url });
		else response.redirect(302, url);
		return;
	}
	if (provider === identityProviderId) await keepRegistrationToken(host, caller, { request, response });
	await NextAuth(request, response, nextAuthOptions(host, caller));
};

const callerOf = async (
	host: SignInHost,
	request: NextApiRequest,
	response: NextApiResponse,
): Promise<SignInCaller> => {
	const knownDevices = await readKnownDevices(request.headers, host.web);
	return {
		...(await readProviderTrip(request.headers, host.web)),
		knownDevices,
		address: clientAddress(request, host.web.isTrustedProxy),
		relyingParty: relyingPartyOf(request.headers, host.web.publicOrigin),
		deviceName: deviceName(request.headers["user-agent"] ?? ""),
		onSignedIn: async (userId) => {
			response.appendHeader("Set-Cookie", await knownDevicesCookie(host.web, knownDevices, userId));
		},
		onUnknownIdentity: (ticket) => {
			response.appendHeader("Set-Cookie", identityTicketCookie(host.web, ticket));
		},
		onRetryAfter: (retryAfterMs) => response.setHeader("Retry-After", String(Math.ceil(retryAfterMs / 1000))),
	};
};

/** A link's token goes along to the provider and counts once on the way back. */
const keepRegistrationToken = async (
	{ web }: SignInHost,
	{ registrationToken: kept }: SignInCaller,
	{ request, response }: { readonly request: NextApiRequest; readonly response: NextApiResponse },
): Promise<void> => {
	const sent = request.method === "POST" ? registrationTokenIn(request.body) : undefined;
	if (sent !== kept) response.appendHeader("Set-Cookie", await registrationCookie(web, sent));
};

/** Both ways to the provider make this server ask it something. */
const admits = (host: SignInHost, caller: SignInCaller): boolean => {
	try {
		host.accounts.admitIdentity(caller.address);
		return true;
	} catch (error) {
		codeOf(error, { host, caller });
		return false;
	}
};
