import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { PeerDownloads } from "../../federation/ports/peer-downloads.ts";
import type { PeerStreams } from "../../federation/ports/peer-streams.ts";
import type { PeerTransport } from "../../federation/ports/peer-transport.ts";
import type { Signer } from "../../federation/ports/signer.ts";
import { createNameResolver } from "../../federation/transport/create-name-resolver.ts";
import { createAddressPolicy } from "./adapters/dns/address-policy.ts";
import { createDns } from "./adapters/dns/create-dns.ts";
import { closedTransport } from "./adapters/peer-http/closed-transport.ts";
import { createPeerTransport } from "./adapters/peer-http/create-peer-transport.ts";
import { createWellKnownSource } from "./adapters/peer-http/fetch-well-known.ts";
import { createHttpsClient } from "./adapters/peer-http/https-client.ts";
import { closedSelfLook, createSelfLook } from "./adapters/peer-http/self-look.ts";
import { readTrustedCertificates } from "./adapters/peer-http/trusted-certificates.ts";
import { createRuleStore } from "./adapters/prisma/federation/rule-store.ts";
import type { ContainerOptions } from "./container-options.ts";
import { createServerRules, gatedPeers, type SelfLook, type ServerRules } from "./federation/public.ts";
import { kithVersion } from "./process/kith-version.ts";
import type { Bus } from "./stream/public.ts";

/** The ways to other servers. */
export interface Peers {
	readonly transport: PeerTransport & PeerDownloads & PeerStreams;
	readonly selfLook: SelfLook;
	/** Hangs up. */
	close(): void;
}

/** What the owner wants to do with other servers, as it is stored now. */
export const openRules = async ({ environment, database, log }: ContainerOptions, bus: Bus): Promise<ServerRules> => {
	const rules = createServerRules({
		store: createRuleStore(database.pool),
		bus,
		clock: Date,
		serverName: environment.serverName as ServerName,
		defaultPolicy: environment.remoteInvites,
		log,
	});
	await rules.load();
	return rules;
};

/** What asks other servers; where they are not to be asked, it says so. */
export const openPeers = ({ environment, log }: ContainerOptions, signer: Signer, rules: ServerRules): Peers => {
	const { isOn, caFile, networks } = environment.federation;
	if (!isOn) return { transport: closedTransport, selfLook: closedSelfLook, close: () => undefined };
	const { addresses, services } = createDns();
	const userAgent = `Kith/${kithVersion()}`;
	const client = createHttpsClient({
		addresses,
		mayReach: createAddressPolicy(networks),
		trusted: readTrustedCertificates(caFile),
	});
	const wellKnown = createWellKnownSource(client, userAgent);
	const names = createNameResolver({ wellKnown, services, clock: Date, random: Math.random });
	const serverName = environment.serverName as ServerName;
	return {
		transport: gatedPeers(createPeerTransport({ signer, names, client, userAgent, log }), rules),
		selfLook: createSelfLook({ serverName, names, client, userAgent }),
		close: client.close,
	};
};
