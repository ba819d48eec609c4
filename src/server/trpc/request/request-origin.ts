import type { IncomingHttpHeaders } from "node:http";

/** `same`: the page that sent it is ours; `foreign`: it is not; `unknown`: no browser page, or one that does not say. */
export type RequestOrigin = "same" | "foreign" | "unknown";

/**
 * Where a request comes from, by `Sec-Fetch-Site` (sent to https and localhost only) and `Origin` (sent with every
 * POST and WebSocket of a page). Our own page is one on the host that was asked or on the configured address.
 */
export const requestOrigin = (headers: IncomingHttpHeaders, publicOrigin: string | undefined): RequestOrigin => {
	const verdicts = [byFetchSite(headers["sec-fetch-site"]), byOrigin(headers.origin, headers.host, publicOrigin)];
	if (verdicts.includes("foreign")) {
		return "foreign";
	}
	return verdicts.includes("same") ? "same" : "unknown";
};

const byFetchSite = (site: string | string[] | undefined): RequestOrigin => {
	if (site === undefined || site === "none") {
		return "unknown";
	}
	return site === "same-origin" ? "same" : "foreign";
};

const byOrigin = (
	origin: string | undefined,
	host: string | undefined,
	publicOrigin: string | undefined,
): RequestOrigin => {
	if (origin === undefined) {
		return "unknown";
	}
	if (!URL.canParse(origin)) {
		return "foreign";
	}
	const url = new URL(origin);
	const isOurs = (url.protocol === "http:" || url.protocol === "https:") && url.host === host?.toLowerCase();
	return isOurs || (publicOrigin !== undefined && url.origin === publicOrigin) ? "same" : "foreign";
};
