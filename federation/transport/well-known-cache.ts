/**
 * Remembers what well-known files say, successes and failures, so that a domain is asked a few times a day and not with
 * every request. One reading is under way per host. Source: as in `well-known.ts`.
 */
import type { ServerName } from "../identifiers/identifier-types.ts";
import type { Clock } from "../ports/clock.ts";
import type { WellKnownReading, WellKnownSource } from "../ports/name-resolver.ts";
import { longestLifetimeMs, readWellKnown, wellKnownErrorLifetimeMs, wellKnownLifetimeMs } from "./well-known.ts";

/** The delegations of hosts. */
export interface WellKnownCache {
	/** The name that the host's file delegates to. */
	delegatedName(host: string): Promise<ServerName | undefined>;
	/** What is known of the host may be out of date: it is read again, unless that was done within the last hour. */
	doubt(host: string): void;
}

interface Entry {
	readonly server: ServerName | undefined;
	/** When the server's name was read. */
	readonly readTs: number;
	readonly freshUntilTs: number;
	readonly failures: number;
}

/** The oldest entry goes when another one comes. */
const mostEntries = 10_000;

const hourMs = 3_600_000;

/** An empty cache in front of the source. */
export const createWellKnownCache = (source: WellKnownSource, clock: Clock): WellKnownCache => {
	const entries = new Map<string, Entry>();
	const underWay = new Map<string, Promise<ServerName | undefined>>();

	const remember = (host: string, entry: Entry): ServerName | undefined => {
		entries.delete(host);
		entries.set(host, entry);
		const oldest = entries.size > mostEntries ? entries.keys().next().value : undefined;
		if (oldest !== undefined) {
			entries.delete(oldest);
		}
		return entry.server;
	};

	const read = async (host: string): Promise<ServerName | undefined> => {
		try {
			const reading = await source.read(host);
			return remember(host, entryOf(reading, entries.get(host), clock.now()));
		} finally {
			underWay.delete(host);
		}
	};

	return {
		delegatedName: async (host) => {
			const known = entries.get(host);
			if (known !== undefined && known.freshUntilTs > clock.now()) {
				return known.server;
			}
			const reading = underWay.get(host) ?? read(host);
			underWay.set(host, reading);
			return reading;
		},
		doubt: (host) => {
			const known = entries.get(host);
			if (known !== undefined && known.failures === 0 && known.readTs + hourMs <= clock.now()) {
				entries.set(host, { ...known, freshUntilTs: 0 });
			}
		},
	};
};

const entryOf = (reading: WellKnownReading, before: Entry | undefined, now: number): Entry => {
	const server = reading.kind === "answered" ? readWellKnown(reading.body) : undefined;
	if (reading.kind === "answered" && server !== undefined) {
		const freshUntilTs = now + wellKnownLifetimeMs(reading.caching, now);
		return { server, readTs: now, freshUntilTs, failures: 0 };
	}
	const failures = (before?.failures ?? 0) + 1;
	const freshUntilTs = now + wellKnownErrorLifetimeMs(reading.kind === "failed" ? "failed" : "absent", failures);
	// A web server that is down takes nothing back: what it said last holds as long as it may hold at all.
	if (reading.kind === "failed" && before?.server !== undefined) {
		const lastTs = before.readTs + longestLifetimeMs;
		if (lastTs > now) {
			return { ...before, freshUntilTs: Math.min(freshUntilTs, lastTs), failures };
		}
	}
	return { server: undefined, readTs: now, freshUntilTs, failures };
};
