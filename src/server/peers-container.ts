import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { PeerDownloads } from "../../federation/ports/peer-downloads.ts";
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
import type { ContainerOptions } from "./container-options.ts";
import type { SelfLook } from "./federation/public.ts";
import { kithVersion } from "./process/kith-version.ts";

/** The ways to other servers. */
export interface Peers {
	readonly transport: PeerTransport & PeerDownloads;
	readonly selfLook: SelfLook;
	/** Hangs up. */
	close(): void;
}

/** What asks other servers; where they are not to be asked, it says so. */
export const openPeers = ({ environment, log }: ContainerOptions, signer: Signer): Peers => {
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
		transport: createPeerTransport({ signer, names, client, userAgent, log }),
		selfLook: createSelfLook({ serverName, names, client, userAgent }),
		close: client.close,
	};
};
