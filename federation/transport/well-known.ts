/**
 * The file by which a domain hands its Matrix server over to another name: what it says and how long that holds.
 * Source: Matrix v1.19 Server-Server API, "Resolving server names", step 3, and `/.well-known/matrix/server`; RFC 9111.
 */
import type { ServerName } from "../identifiers/identifier-types.ts";
import { parseServerName } from "../identifiers/server-name.ts";
import { getString, isJsonObject } from "../json/json-object.ts";
import { parseJson } from "../json/parse-json.ts";
import type { HttpCaching } from "../ports/name-resolver.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long an answer without caching headers holds. */
const defaultLifetimeMs = 24 * hourMs;
/** What a server asks for counts between these two. */
const shortestLifetimeMs = 5 * minuteMs;
/** The longest that an answer is ever used. */
export const longestLifetimeMs = 48 * hourMs;

/** A file that says one name is short; this is room for the other things that files hold. */
export const maxWellKnownBytes = 50 * 1024;

/** The delegated name in a file; `undefined` when it has none, which is the same as no file. */
export const readWellKnown = (body: Uint8Array): ServerName | undefined => {
	const parsing = parseJson(body, {
		maxBytes: maxWellKnownBytes,
		maxDepth: 32,
		maxKeys: 1024,
		allowNonCanonicalNumbers: true,
	});
	if (parsing.kind === "refused" || !isJsonObject(parsing.value)) {
		return undefined;
	}
	return parseServerName(getString(parsing.value, "m.server") ?? "");
};

/** How long an answer holds from now on. */
export const wellKnownLifetimeMs = ({ cacheControl, expiresTs, ageSeconds }: HttpCaching, now: number): number => {
	const claimedMs = claimedLifetimeMs(cacheControl?.toLowerCase() ?? "", ageSeconds ?? 0);
	const lifetimeMs = claimedMs ?? (expiresTs === undefined ? defaultLifetimeMs : expiresTs - now);
	return Math.min(Math.max(lifetimeMs, shortestLifetimeMs), longestLifetimeMs);
};

const claimedLifetimeMs = (cacheControl: string, ageSeconds: number): number | undefined => {
	if (/(?:^|[\s,])no-(?:store|cache)(?:$|[\s,=])/.test(cacheControl)) {
		return 0;
	}
	const seconds = /(?:^|[\s,])max-age="?(\d{1,15})/.exec(cacheControl)?.[1];
	return seconds === undefined ? undefined : (Number(seconds) - ageSeconds) * 1000;
};

/** How long nobody asks again after so many failures in a row: longer each time, and up to an hour. */
export const wellKnownErrorLifetimeMs = (kind: "absent" | "failed", failures: number): number =>
	// A host that has no file will hardly have one soon; one that could not be asked may be back in a moment.
	Math.min((kind === "absent" ? shortestLifetimeMs : minuteMs / 2) * 2 ** (failures - 1), hourMs);
