import type { ExchangeResult } from "./exchange.ts";
import type { HttpsClient } from "./https-client.ts";

export interface PublicGet {
	readonly url: string;
	/** Besides `host`. */
	readonly headers: Readonly<Record<string, string>>;
	readonly maxBytes: number;
	/** Ends it, with every redirect on the way. */
	readonly signal: AbortSignal;
}

const mostRedirects = 5;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** An unsigned GET that follows redirects, over HTTPS alone. What leads in a circle or too far is answered as it stands. */
export const followRedirects = async (client: HttpsClient, get: PublicGet): Promise<ExchangeResult> => {
	const seen = new Set<string>();
	let url = parseAddress(get.url);
	let result: ExchangeResult = {
		kind: "failed",
		reason: "name",
		detail: "the address is none that is fetched",
		isStale: false,
	};
	while (url !== undefined && seen.size <= mostRedirects && !seen.has(url.href)) {
		seen.add(url.href);
		result = await fetchOnce(client, get, url);
		if (result.kind === "failed" || !redirectStatuses.has(result.status)) break;
		url = parseAddress(result.headers.location ?? "", url);
	}
	return result;
};

const fetchOnce = (client: HttpsClient, { headers, maxBytes, signal }: PublicGet, url: URL): Promise<ExchangeResult> =>
	client.exchange({
		endpoint: { host: hostOf(url), port: Number(url.port || 443) },
		certificateName: hostOf(url),
		method: "GET",
		path: `${url.pathname}${url.search}`,
		headers: { ...headers, host: url.host, "accept-encoding": "identity" },
		maxBytes: () => maxBytes,
		signal,
	});

const parseAddress = (text: string, base?: URL): URL | undefined => {
	if (!URL.canParse(text, base)) return undefined;
	const url = new URL(text, base);
	return url.protocol === "https:" && url.username === "" && url.password === "" ? url : undefined;
};

/** Without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");
