import type { IncomingHttpHeaders } from "node:http";
import type { HttpCaching, WellKnownReading, WellKnownSource } from "../../../../federation/ports/name-resolver.ts";
import { maxWellKnownBytes } from "../../../../federation/transport/well-known.ts";
import type { ExchangeResult } from "./exchange.ts";
import { followRedirects } from "./follow-redirects.ts";
import type { HttpsClient } from "./https-client.ts";

/** For the file and every redirect on the way. */
const timeoutMs = 15_000;

/** Reads `/.well-known/matrix/server` of hosts. */
export const createWellKnownSource = (client: HttpsClient, userAgent: string): WellKnownSource => ({
	read: async (host) => {
		const result = await followRedirects(client, {
			url: `https://${host}/.well-known/matrix/server`,
			headers: { accept: "application/json", "user-agent": userAgent },
			maxBytes: maxWellKnownBytes,
			signal: AbortSignal.timeout(timeoutMs),
		});
		return readingOf(result);
	},
});

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
