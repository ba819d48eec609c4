import type { IncomingHttpHeaders } from "node:http";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { ownAddress } from "../../../shared/return-address.ts";
import { parseCookies } from "../request/request-cookies.ts";
import type { WebSettings } from "../transport-host.ts";
import { usesSecureCookies } from "./session-cookie.ts";

/** What this browser keeps while its person is at the identity provider. */
export interface ProviderTrip {
	/** Where the person wanted to go. */
	readonly wanted: string;
	/** The token of the link by which they came, where they came by one. */
	readonly registrationToken: string | undefined;
}

const claims = z.object({ registrationToken: z.string().min(8).max(128) });
/** As long as anybody may take at the provider. */
const maxAgeSeconds = 15 * 60;
const salt = "registration-token";

const prefixOf = (settings: WebSettings): string => (usesSecureCookies(settings) ? "__Secure-" : "");
const cookieName = (settings: WebSettings): string => `${prefixOf(settings)}kith.registration`;

/** The token that our page sends along when it asks for the way to the provider. */
export const registrationTokenIn = (body: unknown): string | undefined => {
	const sent = claims.safeParse(body);
	return sent.success ? sent.data.registrationToken : undefined;
};

/**
 * The `Set-Cookie` line that keeps a token in this browser, or drops what it kept. Encrypted and dated by the server, it
 * counts for minutes; `Lax`, because the way back begins at the provider's page.
 */
export const registrationCookie = async (settings: WebSettings, token: string | undefined): Promise<string> => {
	const kept = token === undefined ? "" : await seal(settings, token);
	const secure = usesSecureCookies(settings) ? "; Secure" : "";
	const age = kept === "" ? 0 : maxAgeSeconds;
	return `${cookieName(settings)}=${kept}; Path=/api/auth; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
};

export const readProviderTrip = async (headers: IncomingHttpHeaders, settings: WebSettings): Promise<ProviderTrip> => {
	const cookies = parseCookies(headers.cookie);
	const token = cookies[cookieName(settings)];
	const opened = token === undefined ? null : await open(settings, token);
	return {
		wanted: wantedIn(cookies[`${prefixOf(settings)}next-auth.callback-url`]),
		registrationToken: registrationTokenIn(opened),
	};
};

const seal = (settings: WebSettings, registrationToken: string): Promise<string> =>
	encode({ token: { registrationToken }, secret: settings.authSecret, salt, maxAge: maxAgeSeconds });

const open = (settings: WebSettings, token: string): Promise<unknown> =>
	decode({ token, secret: settings.authSecret, salt }).catch(() => null);

/** next-auth keeps the whole address to which it will lead; nobody wanted the bare origin. */
const wantedIn = (kept: string | undefined): string => {
	const { origin, pathname, search } = new URL(
		kept !== undefined && URL.canParse(kept) ? kept : "http://nowhere.invalid",
	);
	return ownAddress(pathname === "/" ? "" : pathname + search, origin);
};
