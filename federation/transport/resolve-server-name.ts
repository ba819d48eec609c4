/**
 * From a server name to the machines that serve it, step by step: an IP literal, an explicit port, what the well-known
 * file delegates to, SRV records, and port 8448. Source: Matrix v1.19 Server-Server API, "Resolving server names".
 */
import type { ServerName } from "../identifiers/identifier-types.ts";
import type { NameResolution, PeerEndpoint, ServiceRecords } from "../ports/name-resolver.ts";
import { orderServiceRecords } from "./order-service-records.ts";
import { isHostName, isPort, type SplitServerName, splitServerName } from "./split-server-name.ts";

/** What the steps ask. */
export interface ResolutionPorts {
	/** The name in the host's well-known file; `undefined` where there is none that counts. */
	readonly delegatedName: (host: string) => Promise<ServerName | undefined>;
	readonly services: ServiceRecords;
	/** At least 0 and less than 1; decides among SRV records of one priority. */
	readonly random: () => number;
}

/** Where servers listen that say nothing else. */
const defaultPort = 8448;

/** The first is registered, the second what servers of before Matrix v1.8 publish. */
const serviceNames = ["_matrix-fed._tcp", "_matrix._tcp"] as const;

/** A record set is chosen by its owner; more than a few machines are not tried. */
const mostEndpoints = 8;

/** Takes the steps. */
export const resolveServerName = async (server: ServerName, ports: ResolutionPorts): Promise<NameResolution> => {
	const name = splitServerName(server);
	if (name === undefined) {
		return unreachable(server);
	}
	const delegated = isComplete(name) ? undefined : await ports.delegatedName(name.host);
	return delegated === undefined ? resolveName(server, name, ports) : resolveDelegated(delegated, ports);
};

/** Step 3: the delegated name stands for the first one in everything but signatures. */
const resolveDelegated = async (delegated: ServerName, ports: ResolutionPorts): Promise<NameResolution> => {
	const name = splitServerName(delegated);
	return name === undefined ? unreachable(delegated) : resolveName(delegated, name, ports);
};

const resolveName = async (
	text: ServerName,
	name: SplitServerName,
	{ services, random }: ResolutionPorts,
): Promise<NameResolution> => {
	const { host, port } = name;
	if (isComplete(name)) {
		return routeTo(text, host, [{ host, port: port ?? defaultPort }]);
	}
	for (const service of serviceNames) {
		const records = await services.find(`${service}.${host}`);
		if (records.length === 0) {
			continue;
		}
		const targets = orderServiceRecords(records, random).map(({ host: target, port: at }) => ({
			host: target,
			port: at,
		}));
		const endpoints = targets.filter(isUsable).slice(0, mostEndpoints);
		// A record whose target is the root says that there is no such service (RFC 2782).
		return endpoints.length === 0
			? { kind: "unresolved", detail: `the SRV records of ${service}.${host} name no machine` }
			: routeTo(text, host, endpoints);
	}
	return routeTo(text, host, [{ host, port: defaultPort }]);
};

/** Steps 1 and 2: nothing has to be looked up but the address. */
const isComplete = ({ isLiteral, port }: SplitServerName): boolean => isLiteral || port !== undefined;

const isUsable = ({ host, port }: PeerEndpoint): boolean => isHostName(host) && isPort(port);

/** The certificate is for the name that was asked for, never for the target of a SRV record: DNS proves nothing. */
const routeTo = (hostHeader: string, certificateName: string, endpoints: readonly PeerEndpoint[]): NameResolution => ({
	kind: "resolved",
	route: { hostHeader, certificateName, endpoints },
});

const unreachable = (name: string): NameResolution => ({
	kind: "unresolved",
	detail: `${name} is no name that can be connected to`,
});
