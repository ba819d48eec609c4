import type { IncomingHttpHeaders } from "node:http";
import { Agent } from "node:https";
import type { PeerEndpoint } from "../../../../federation/ports/name-resolver.ts";
import type { UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import type { MayReach } from "../dns/address-policy.ts";
import type { HostAddresses } from "../dns/create-dns.ts";
import { checkedLookup } from "./checked-lookup.ts";
import { sendExchange } from "./send-exchange.ts";

/** One request and its answer. */
export interface Exchange {
	readonly endpoint: PeerEndpoint;
	/** What the certificate must be for. */
	readonly certificateName: string;
	readonly method: string;
	/** Path and query. */
	readonly path: string;
	/** With `host`. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	/** How much of an answer with that status is read. */
	readonly maxBytes: (status: number) => number;
	/** Ends it. */
	readonly signal: AbortSignal;
}

/** What came of it. `detail` holds nothing that the other side wrote. */
export type ExchangeResult =
	| {
			readonly kind: "response";
			readonly status: number;
			readonly headers: IncomingHttpHeaders;
			/** `undefined`: it was longer than is read. */
			readonly body: Uint8Array | undefined;
	  }
	| {
			readonly kind: "failed";
			readonly reason: UnreachableReason;
			readonly detail: string;
			/** The connection was an old one that the other side had closed: the request may be made again. */
			readonly isStale: boolean;
	  };

/** HTTPS to machines that others name. */
export interface HttpsClient {
	/** Never fails, follows no redirect and unpacks nothing. */
	exchange(exchange: Exchange): Promise<ExchangeResult>;
	/** Hangs up. */
	close(): void;
}

export interface HttpsClientDependencies {
	readonly addresses: HostAddresses;
	readonly mayReach: MayReach;
	/** Certificates in PEM; `undefined`: those that Node trusts. */
	readonly trusted: readonly string[] | undefined;
}

/** At one machine at once; a big provider's machine serves many servers. */
const mostSockets = 32;
const mostIdleSockets = 4;
const idleMs = 30_000;

/** A client whose connections stay open for a while and go to no address that has not been checked. */
export const createHttpsClient = ({ addresses, mayReach, trusted }: HttpsClientDependencies): HttpsClient => {
	const agent = new Agent({
		keepAlive: true,
		maxSockets: mostSockets,
		maxFreeSockets: mostIdleSockets,
		timeout: idleMs,
		minVersion: "TLSv1.2",
		...(trusted === undefined ? {} : { ca: [...trusted] }),
	});
	const lookup = checkedLookup(addresses, mayReach);
	return {
		exchange: (exchange) => sendExchange({ agent, lookup, mayReach }, exchange),
		close: () => agent.destroy(),
	};
};
