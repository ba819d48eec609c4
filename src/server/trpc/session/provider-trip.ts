import type { IncomingHttpHeaders } from "node:http";
import { decode, encode } from "next-auth/jwt";
import * as z from "zod";
import { ownAddress } from "../../../shared/return-address.ts";
import { parseCookies } from "../request/request-cookies.ts";
import type { WebSettings } from "../transport-host.ts";
import { usesSecureCookies } from "./session-cookie.ts";

/** What goes along with somebody to the identity provider and comes back with them. */
export interface Luggage {
	/** The token of the link by which they came, where they came by one. */
	readonly registrationToken?: string | undefined;
	/** Present: they are signed in and are to show that they are there. The session that asked, and when. */
	readonly confirms?: { readonly sessionId: string; readonly askedAt: number } | undefined;
}

/** What this browser keeps while its person is at the identity provider. */
export interface ProviderTrip extends Luggage {
	/** Where the person wanted to go. */
	readonly wanted: string;
}

const registrationToken = z.string().min(8).max(128);
const luggage = z.object({
	registrationToken: registrationToken.optional(),
	confirms: z.object({ sessionId: z.string(), askedAt: z.number() }).optional(),
});
/** As long as anybody may take at the provider. */
const maxAgeSeconds = 15 * 60;
const salt = "provider-trip";

const prefixOf = (settings: WebSettings): string => (usesSecureCookies(settings) ? "__Secure-" : "");
const cookieName = (settings: WebSettings): string => `${prefixOf(settings)}kith.trip`;

/** The token that our page sends along when it asks for the way to the provider. */
export const registrationTokenIn = (body: unknown): string | undefined =>
	z.object({ registrationToken }).safeParse(body).data?.registrationToken;

/** Whether our page asks for that way so that somebody who is signed in shows that they are there. */
export const asksToConfirm = (body: unknown): boolean =>
	z.object({ confirms: z.literal("yes") }).safeParse(body).success;

/**
 * The `Set-Cookie` line that keeps it in this browser, or drops what it kept. Encrypted and dated by the server, it counts
 * for minutes; `Lax`, because the way back begins at the provider's page.
 */
export const tripCookie = async (settings: WebSettings, kept: Luggage): Promise<string> => {
	const isEmpty = kept.registrationToken === undefined && kept.confirms === undefined;
	const value = isEmpty ? "" : await seal(settings, kept);
	const secure = usesSecureCookies(settings) ? "; Secure" : "";
	const age = isEmpty ? 0 : maxAgeSeconds;
	return `${cookieName(settings)}=${value}; Path=/api/auth; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
};

export const readProviderTrip = async (headers: IncomingHttpHeaders, settings: WebSettings): Promise<ProviderTrip> => {
	const cookies = parseCookies(headers.cookie);
	const token = cookies[cookieName(settings)];
	const opened = luggage.safeParse(token === undefined ? {} : await open(settings, token));
	return { ...opened.data, wanted: wantedIn(cookies[`${prefixOf(settings)}next-auth.callback-url`]) };
};

const seal = (settings: WebSettings, { registrationToken: token, confirms }: Luggage): Promise<string> =>
	encode({
		token: { ...(token && { registrationToken: token }), ...(confirms && { confirms }) },
		secret: settings.authSecret,
		salt,
		maxAge: maxAgeSeconds,
	});

const open = (settings: WebSettings, token: string): Promise<unknown> =>
	decode({ token, secret: settings.authSecret, salt }).catch(() => null);

/** next-auth keeps the whole address to which it will lead; nobody wanted the bare origin. */
const wantedIn = (kept: string | undefined): string => {
	const { origin, pathname, search } = new URL(
		kept !== undefined && URL.canParse(kept) ? kept : "http://nowhere.invalid",
	);
	return ownAddress(pathname === "/" ? "" : pathname + search, origin);
};
