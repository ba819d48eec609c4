import type { IncomingHttpHeaders } from "node:http";
import type { RelyingParty } from "../../accounts/public.ts";
import { requestOrigin } from "./request-origin.ts";

/**
 * The site that passkeys belong to: the configured address, or else the page's own where it is on the host that was
 * asked. Browsers keep the passkeys of different hosts apart, so a request cannot reach those of another.
 */
export const relyingPartyOf = (
	headers: IncomingHttpHeaders,
	publicOrigin: string | undefined,
): RelyingParty | undefined => {
	const own = requestOrigin(headers, undefined) === "same" ? headers.origin : undefined;
	const origin = publicOrigin ?? own;
	return origin === undefined ? undefined : { id: new URL(origin).hostname, origin };
};
