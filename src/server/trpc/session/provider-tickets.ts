import type { IncomingHttpHeaders } from "node:http";
import { parseCookies } from "../request/request-cookies.ts";
import type { WebSettings } from "../transport-host.ts";
import { usesSecureCookies } from "./session-cookie.ts";

/**
 * What somebody who came from the identity provider was given. `identity`: they have no account yet and may make one.
 * `confirmation`: they are signed in and are there.
 */
type ProviderTicket = "identity" | "confirmation";

/** As long as a ticket counts at most. */
const maxAgeSeconds = 15 * 60;

const cookieName = (settings: WebSettings, kind: ProviderTicket): string =>
	`${usesSecureCookies(settings) ? "__Secure-" : ""}kith.${kind}`;

export const readTicket = (
	headers: IncomingHttpHeaders,
	settings: WebSettings,
	kind: ProviderTicket,
): string | undefined => {
	const ticket = parseCookies(headers.cookie)[cookieName(settings, kind)];
	return ticket !== undefined && /^[\w-]{16,64}$/.test(ticket) ? ticket : undefined;
};

/** The `Set-Cookie` line that brings it; in an address it would stay in the browser's history. */
export const ticketCookie = (settings: WebSettings, kind: ProviderTicket, ticket: string): string => {
	const secure = usesSecureCookies(settings) ? "; Secure" : "";
	return `${cookieName(settings, kind)}=${ticket}; Path=/api/trpc; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
};
