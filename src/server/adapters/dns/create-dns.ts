import { Resolver } from "node:dns/promises";
import type { ServiceRecord, ServiceRecords } from "../../../../federation/ports/name-resolver.ts";
import { createHostsFile, type ReadHosts } from "./hosts-file.ts";

/** The IP addresses of host names. */
export interface HostAddresses {
	/** IPv6 before IPv4; none where the name has none or cannot be asked for now. Never fails. */
	find(host: string): Promise<readonly string[]>;
}

export interface Dns {
	readonly services: ServiceRecords;
	readonly addresses: HostAddresses;
}

/** What is asked of the network: `Resolver` of node:dns. */
export type DnsQueries = Pick<Resolver, "resolve4" | "resolve6" | "resolveSrv">;

const timeoutMs = 3_000;

/** More addresses of one name are not tried. */
const mostAddresses = 8;
const mostRecords = 32;

/**
 * Names by DNS, without the threads on which files are read and passwords are hashed: a name server that does not answer
 * holds up nothing else. The machine's own list of hosts comes first, and `localhost` never leaves the machine.
 */
export const createDns = (
	queries: DnsQueries = new Resolver({ timeout: timeoutMs, tries: 2 }),
	hosts: ReadHosts = createHostsFile(),
): Dns => ({
	addresses: {
		find: async (host) => {
			const name = host.toLowerCase().replace(/\.$/, "");
			const written = (await hosts()).get(name);
			if (written !== undefined) return written.slice(0, mostAddresses);
			if (name === "localhost" || name.endsWith(".localhost")) return ["::1", "127.0.0.1"];
			const [six, four] = await Promise.all([orNone(queries.resolve6(name)), orNone(queries.resolve4(name))]);
			// Half of each, so that a long list of one kind does not hide the other.
			const half = mostAddresses / 2;
			return [...six.slice(0, half), ...four.slice(0, half)];
		},
	},
	services: {
		find: async (name) => {
			const records = await orNone(queries.resolveSrv(name));
			return records.slice(0, mostRecords).map(
				({ name: host, port, priority, weight }): ServiceRecord => ({
					// The root, by which a domain says that it has no such service, comes as nothing.
					host: host === "" ? "." : host,
					port,
					priority,
					weight,
				}),
			);
		},
	},
});

const orNone = <T>(answer: Promise<readonly T[]>): Promise<readonly T[]> => answer.catch(() => []);
