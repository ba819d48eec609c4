import { Agent } from "node:https";
import { createSecureContext } from "node:tls";
import type { MayReach } from "../dns/address-policy.ts";
import type { HostAddresses } from "../dns/create-dns.ts";
import { checkedLookup } from "./checked-lookup.ts";
import type { Exchange, ExchangeResult } from "./exchange.ts";
import { sendExchange } from "./send-exchange.ts";

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
	/** For a connection with TLS. Default ten seconds; a machine that is there takes a fraction. */
	readonly connectMs?: number;
}

/** At one machine at once; a big provider's machine serves many servers. */
const mostSockets = 32;
const mostIdleSockets = 4;
const idleMs = 30_000;
/** Of several addresses, the next one is tried after so long. */
const nextAddressMs = 1_000;

/** A client whose connections stay open for a while and go to no address that has not been checked. */
export const createHttpsClient = (dependencies: HttpsClientDependencies): HttpsClient => {
	const { addresses, mayReach, trusted, connectMs = 10_000 } = dependencies;
	const agent = new Agent({
		keepAlive: true,
		maxSockets: mostSockets,
		maxFreeSockets: mostIdleSockets,
		timeout: idleMs,
		autoSelectFamilyAttemptTimeout: nextAddressMs,
		// One for all connections: each would read all the certificates for itself, a megabyte of them.
		secureContext: createSecureContext({
			minVersion: "TLSv1.2",
			...(trusted === undefined ? {} : { ca: [...trusted] }),
		}),
	});
	const lookup = checkedLookup(addresses, mayReach);
	return {
		exchange: (exchange) => sendExchange({ agent, lookup, mayReach, connectMs }, exchange),
		close: () => agent.destroy(),
	};
};
