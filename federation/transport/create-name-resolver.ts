/**
 * The resolver that transports use: the steps over a cache of delegations, and their result remembered for a while, so
 * that requests in a row look nothing up.
 */
import type { ServerName } from "../identifiers/identifier-types.ts";
import type { Clock } from "../ports/clock.ts";
import type { NameResolution, NameResolver, ServiceRecords, WellKnownSource } from "../ports/name-resolver.ts";
import { resolveServerName } from "./resolve-server-name.ts";
import { splitServerName } from "./split-server-name.ts";
import { createWellKnownCache } from "./well-known-cache.ts";

/** What a resolver stands on. */
export interface NameResolverDependencies {
	readonly wellKnown: WellKnownSource;
	readonly services: ServiceRecords;
	readonly clock: Clock;
	readonly random: () => number;
}

const rememberedMs = 5 * 60_000;
const mostRemembered = 10_000;

/** A resolver with empty caches. */
export const createNameResolver = ({ wellKnown, services, clock, random }: NameResolverDependencies): NameResolver => {
	const delegations = createWellKnownCache(wellKnown, clock);
	const remembered = new Map<ServerName, { readonly resolution: NameResolution; readonly untilTs: number }>();
	const ports = { delegatedName: delegations.delegatedName, services, random };
	return {
		resolve: async (server) => {
			const known = remembered.get(server);
			if (known !== undefined && known.untilTs > clock.now()) {
				return known.resolution;
			}
			const resolution = await resolveServerName(server, ports);
			if (remembered.size >= mostRemembered) {
				remembered.clear();
			}
			remembered.set(server, { resolution, untilTs: clock.now() + rememberedMs });
			return resolution;
		},
		distrust: (server) => {
			remembered.delete(server);
			const name = splitServerName(server);
			if (name !== undefined) {
				delegations.doubt(name.host);
			}
		},
	};
};
