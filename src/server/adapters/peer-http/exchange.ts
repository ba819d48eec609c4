import type { IncomingHttpHeaders } from "node:http";
import type { PeerEndpoint } from "../../../../federation/ports/name-resolver.ts";
import type { UnreachableReason } from "../../../../federation/ports/peer-transport.ts";

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
	/** Reads the body of an answer with status 200 while it comes, so that it is not kept; what it throws ends the exchange. */
	readonly onBody?: ((bytes: Uint8Array) => Promise<void>) | undefined;
	/** Ends it. */
	readonly signal: AbortSignal;
}

/** What came of it. `detail` holds nothing that the other side wrote. */
export type ExchangeResult =
	| {
			readonly kind: "response";
			readonly status: number;
			readonly headers: IncomingHttpHeaders;
			/** Empty where it was read while it came; `undefined`: it was longer than is read. */
			readonly body: Uint8Array | undefined;
	  }
	| {
			readonly kind: "failed";
			readonly reason: UnreachableReason;
			readonly detail: string;
			/** The connection was an old one that the other side had closed: the request may be made again. */
			readonly isStale: boolean;
	  };
