import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { deviceName } from "../../../shared/device-name.ts";
import { signInAddress } from "../../../shared/return-address.ts";
import { clientAddress } from "../request/client-address.ts";
import { relyingPartyOf } from "../request/relying-party.ts";
import { requestOrigin } from "../request/request-origin.ts";
import type { SignInHost } from "../transport-host.ts";
import { identityProviderId } from "./identity-provider.ts";
import { knownDevicesCookie, readKnownDevices } from "./known-devices.ts";
import { nextAuthOptions } from "./next-auth-options.ts";
import { ticketCookie } from "./provider-tickets.ts";
import { asksToConfirm, type Luggage, readProviderTrip, registrationTokenIn, tripCookie } from "./provider-trip.ts";
import { readSessionId } from "./session-cookie.ts";
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
	const going = provider === identityProviderId ? await packLuggage(host, caller, { request, response }) : caller;
	await NextAuth(request, response, nextAuthOptions(host, going));
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
			response.appendHeader("Set-Cookie", ticketCookie(host.web, "identity", ticket));
		},
		onConfirmed: (ticket) => {
			response.appendHeader("Set-Cookie", ticketCookie(host.web, "confirmation", ticket));
		},
		onRetryAfter: (retryAfterMs) => response.setHeader("Retry-After", String(Math.ceil(retryAfterMs / 1000))),
	};
};

/** What our page sends along goes to the provider and back; a link's token counts once on that way. */
const packLuggage = async (
	{ web }: SignInHost,
	caller: SignInCaller,
	{ request, response }: { readonly request: NextApiRequest; readonly response: NextApiResponse },
): Promise<SignInCaller> => {
	if (request.method !== "POST") {
		if (caller.registrationToken !== undefined) response.appendHeader("Set-Cookie", await tripCookie(web, {}));
		return caller;
	}
	const sessionId = asksToConfirm(request.body) ? await readSessionId(request.headers, web) : undefined;
	const luggage: Luggage = {
		registrationToken: registrationTokenIn(request.body),
		confirms: sessionId === undefined ? undefined : { sessionId, askedAt: Date.now() },
	};
	response.appendHeader("Set-Cookie", await tripCookie(web, luggage));
	return { ...caller, ...luggage };
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
