import type { IncomingHttpHeaders } from "node:http";
import { type GetTokenParams, getToken } from "next-auth/jwt";
import { parseCookies } from "../request/request-cookies.ts";
import type { WebSettings } from "../transport-host.ts";

/** Where the session's id stands in the cookie's encrypted token. */
export const sessionIdClaim = "sid";

/** Cookies are `Secure` and named so where people come over TLS. */
export const usesSecureCookies = ({ publicOrigin }: WebSettings): boolean =>
	publicOrigin?.startsWith("https:") ?? false;

/** The session id that the request's cookie carries; whether the session still stands is another question. */
export const readSessionId = async (
	headers: IncomingHttpHeaders,
	settings: WebSettings,
): Promise<string | undefined> => {
	const token = await getToken({
		// getToken only reads cookies and headers; its type asks for a whole request of Next.
		req: { headers: {}, cookies: parseCookies(headers.cookie) } as unknown as GetTokenParams["req"],
		secret: settings.authSecret,
		secureCookie: usesSecureCookies(settings),
	});
	const sessionId = token?.[sessionIdClaim];
	return typeof sessionId === "string" ? sessionId : undefined;
};
