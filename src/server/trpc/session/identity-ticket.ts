import type { IncomingHttpHeaders } from "node:http";
import { parseCookies } from "../request/request-cookies.ts";
import type { WebSettings } from "../transport-host.ts";
import { usesSecureCookies } from "./session-cookie.ts";

/** As long as the ticket counts. */
const maxAgeSeconds = 15 * 60;

const cookieName = (settings: WebSettings): string => `${usesSecureCookies(settings) ? "__Secure-" : ""}kith.identity`;

/** The ticket of somebody who came from the identity provider and has no account yet. */
export const readIdentityTicket = (headers: IncomingHttpHeaders, settings: WebSettings): string | undefined => {
	const ticket = parseCookies(headers.cookie)[cookieName(settings)];
	return ticket !== undefined && /^[\w-]{16,64}$/.test(ticket) ? ticket : undefined;
};

/** The `Set-Cookie` line that brings it; in an address it would stay in the browser's history. */
export const identityTicketCookie = (settings: WebSettings, ticket: string): string => {
	const secure = usesSecureCookies(settings) ? "; Secure" : "";
	return `${cookieName(settings)}=${ticket}; Path=/api/trpc; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
};
