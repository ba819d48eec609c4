import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";

/** Servers that did not answer a moment ago: nobody waits for them again at once. */
export interface SilentServers {
	isSilent(server: ServerName): boolean;
	note(server: ServerName): void;
	/** It answered, or somebody wants it asked whatever happened. */
	forget(server: ServerName): void;
}

/** As long as a server that comes back may take to be asked again by itself. */
export const silentMs = 5 * 60_000;
const mostServers = 1_000;

export const createSilentServers = (clock: { now(): number }): SilentServers => {
	const until = new Map<ServerName, number>();
	return {
		isSilent: (server) => (until.get(server) ?? 0) > clock.now(),
		note: (server) => {
			const [oldest] = until.keys();
			if (until.size >= mostServers && oldest !== undefined) until.delete(oldest);
			until.delete(server);
			until.set(server, clock.now() + silentMs);
		},
		forget: (server) => void until.delete(server),
	};
};
