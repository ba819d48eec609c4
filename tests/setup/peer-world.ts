import { afterEach } from "vitest";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { PeerDownloads } from "../../federation/ports/peer-downloads.ts";
import type { PeerStreams } from "../../federation/ports/peer-streams.ts";
import type { PeerAnswer, PeerRequest, PeerTransport } from "../../federation/ports/peer-transport.ts";
import { serverName } from "../../federation/testing/identifiers.ts";
import { testSigner } from "../../federation/testing/noble-signer.ts";
import { splitServerName } from "../../federation/transport/split-server-name.ts";
import { createAddressPolicy } from "../../src/server/adapters/dns/address-policy.ts";
import { createPeerTransport } from "../../src/server/adapters/peer-http/create-peer-transport.ts";
import { createHttpsClient, type HttpsClient } from "../../src/server/adapters/peer-http/https-client.ts";
import { silentLog } from "./silent-log.ts";
import { startTlsPeer, type TlsPeer, type TlsPeerAnswer } from "./tls-peer.ts";

/** Who asks in these tests. */
export const signer = testSigner("own.example");
/** A request like many. */
export const query: PeerRequest = { method: "GET", uri: "/_matrix/federation/v1/query/profile?user_id=%40a%3Ab" };

const clients: HttpsClient[] = [];
afterEach(() => {
	for (const client of clients.splice(0)) client.close();
});

/** What names lead to. */
export interface PeerWorld {
	readonly trusted?: readonly string[];
	/** Addresses by host. */
	readonly hosts?: Readonly<Record<string, readonly string[]>>;
	readonly findAddresses?: (host: string) => Promise<readonly string[]>;
	readonly openNetworks?: readonly string[];
	readonly connectMs?: number;
	/** What certificates must be for, where it is not the name. */
	readonly certificateName?: string;
	/** Machines of a name, where it is not its own. */
	readonly endpoints?: readonly { readonly host: string; readonly port: number }[];
}

/** The real transport; names lead where the test says. */
export const transportIn = ({
	trusted = [],
	hosts = {},
	openNetworks = ["127.0.0.0/8"],
	...world
}: PeerWorld): PeerTransport & PeerDownloads & PeerStreams => {
	const client = createHttpsClient({
		addresses: { find: world.findAddresses ?? (async (host) => hosts[host] ?? ["127.0.0.1"]) },
		mayReach: createAddressPolicy(openNetworks),
		trusted,
		...(world.connectMs === undefined ? {} : { connectMs: world.connectMs }),
	});
	clients.push(client);
	return createPeerTransport({
		signer,
		client,
		userAgent: "Kith",
		log: silentLog,
		names: {
			resolve: async (server) => {
				const { host, port = 443 } = splitServerName(server) ?? { host: "" };
				const endpoints = world.endpoints ?? [{ host, port }];
				return {
					kind: "resolved",
					route: { hostHeader: server, certificateName: world.certificateName ?? host, endpoints },
				};
			},
			distrust: () => undefined,
		},
	});
};

/** Answers with JSON. */
export const json =
	(content: JsonObject, status = 200, headers: Readonly<Record<string, string>> = {}): TlsPeerAnswer =>
	(_, response) => {
		response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(content));
	};

/** One request to a peer of the name `peer.example` that answers so. */
export const askPeer = async (answer: TlsPeerAnswer, request: PeerRequest = query): Promise<PeerAnswer> => {
	await using peer = await startTlsPeer({ host: "peer.example", answer });
	const transport = transportIn({ trusted: [peer.certificate] });
	return await transport.request(nameOf(peer), request);
};

/** Its server name. */
export const nameOf = (peer: TlsPeer) => serverName(`peer.example:${peer.port}`);
