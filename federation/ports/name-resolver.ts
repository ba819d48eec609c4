import type { ServerName } from "../identifiers/identifier-types.ts";

/** Where a connection goes. */
export interface PeerEndpoint {
	/** A DNS name, or an IP address without brackets. */
	readonly host: string;
	readonly port: number;
}

/** How a server is reached. */
export interface PeerRoute {
	/** The `Host` header. */
	readonly hostHeader: string;
	/** What the certificate must be for: a DNS name, or an IP address without brackets. */
	readonly certificateName: string;
	/** At least one, in the order in which they are tried. */
	readonly endpoints: readonly PeerEndpoint[];
}

/** The route, or in plain words why there is none. */
export type NameResolution =
	| { readonly kind: "resolved"; readonly route: PeerRoute }
	| { readonly kind: "unresolved"; readonly detail: string };

/** Finds the machine behind a server name. Matrix v1.19 Server-Server API, "Resolving server names". */
export interface NameResolver {
	/** Never fails. Addresses of the hosts are looked up when a connection is made. */
	resolve(server: ServerName): Promise<NameResolution>;
	/** Nobody answered along the route: it is found anew the next time. */
	distrust(server: ServerName): void;
}

/** A SRV record. RFC 2782. */
export interface ServiceRecord {
	readonly host: string;
	readonly port: number;
	readonly priority: number;
	readonly weight: number;
}

/** The SRV records of a name like `_matrix-fed._tcp.example.org`; none where there are none or they cannot be had. */
export interface ServiceRecords {
	find(name: string): Promise<readonly ServiceRecord[]>;
}

/** What `https://<host>/.well-known/matrix/server` gives. */
export type WellKnownReading =
	| {
			readonly kind: "answered";
			readonly body: Uint8Array;
			readonly caching: HttpCaching;
	  }
	/** The host answers, but has nothing there. */
	| { readonly kind: "absent" }
	/** The host could not be asked, or did not behave. */
	| { readonly kind: "failed" };

/** What the answer's headers say of how long it holds. */
export interface HttpCaching {
	readonly cacheControl?: string | undefined;
	/** Milliseconds since the Unix epoch. */
	readonly expiresTs?: number | undefined;
	/** How long it lay in a cache on the way. */
	readonly ageSeconds?: number | undefined;
}

/** Reads well-known files over HTTPS, following redirects. Never fails, and ends in bounded time. */
export interface WellKnownSource {
	read(host: string): Promise<WellKnownReading>;
}
