import type { IncomingHttpHeaders } from "node:http";
import type { HttpCaching, WellKnownReading, WellKnownSource } from "../../../../federation/ports/name-resolver.ts";
import { maxWellKnownBytes } from "../../../../federation/transport/well-known.ts";
import type { ExchangeResult, HttpsClient } from "./https-client.ts";

/** For the file and every redirect on the way. */
const timeoutMs = 15_000;
const mostRedirects = 5;

/** Reads `/.well-known/matrix/server` of hosts. Redirects lead to public addresses over HTTPS, or nowhere. */
export const createWellKnownSource = (client: HttpsClient, userAgent: string): WellKnownSource => ({
	read: async (host) => {
		const signal = AbortSignal.timeout(timeoutMs);
		const seen = new Set<string>();
		let url = parseAddress(`https://${host}/.well-known/matrix/server`);
		while (url !== undefined && seen.size <= mostRedirects && !seen.has(url.href)) {
			seen.add(url.href);
			const result = await client.exchange({
				endpoint: { host: hostOf(url), port: Number(url.port || 443) },
				certificateName: hostOf(url),
				method: "GET",
				path: `${url.pathname}${url.search}`,
				headers: {
					host: url.host,
					accept: "application/json",
					"accept-encoding": "identity",
					"user-agent": userAgent,
				},
				maxBytes: () => maxWellKnownBytes,
				signal,
			});
			const next = redirectOf(result);
			if (next === undefined) return readingOf(result);
			url = parseAddress(next, url);
		}
		return { kind: "absent" };
	},
});

const redirectOf = (result: ExchangeResult): string | undefined =>
	result.kind === "response" && [301, 302, 303, 307, 308].includes(result.status) ? result.headers.location : undefined;

const parseAddress = (text: string, base?: URL): URL | undefined => {
	if (!URL.canParse(text, base)) return undefined;
	const url = new URL(text, base);
	return url.protocol === "https:" && url.username === "" && url.password === "" ? url : undefined;
};

/** Without the brackets of an IPv6 address. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

const readingOf = (result: ExchangeResult): WellKnownReading => {
	if (result.kind === "failed" || result.status >= 500 || result.status === 429) return { kind: "failed" };
	if (result.status !== 200 || result.body === undefined) return { kind: "absent" };
	return { kind: "answered", body: result.body, caching: cachingOf(result.headers) };
};

const cachingOf = (headers: IncomingHttpHeaders): HttpCaching => {
	const expiresTs = Date.parse(headers.expires ?? "");
	const ageSeconds = Number(headers.age);
	return {
		cacheControl: headers["cache-control"],
		expiresTs: Number.isNaN(expiresTs) ? undefined : expiresTs,
		ageSeconds: Number.isSafeInteger(ageSeconds) && ageSeconds > 0 ? ageSeconds : undefined,
	};
};
