import type { ServerName } from "../identifiers/identifier-types.ts";
import type { JsonObject } from "../json/json-value.ts";

/** A request to another server. */
export interface PeerRequest {
	readonly method: "GET" | "PUT" | "POST";
	/** Path and query as they go on the wire and are signed: percent-encoded, beginning with `/_matrix/`. */
	readonly uri: string;
	/** The body of a PUT or POST; it must have a canonical form. */
	readonly content?: JsonObject;
	/** The largest answer that is read, in bytes. Default 16 MiB. */
	readonly maxAnswerBytes?: number;
	/** From the call to the last byte of the answer. Default one minute. */
	readonly timeoutMs?: number;
}

/**
 * Why there is no answer. `name`: the server name leads nowhere. `addressRefused`: only to addresses that are not to be
 * reached. `connection`: nobody answers there, or a proxy says so. `certificate`: whoever answers is not that server.
 * `malformedAnswer`: what came is no JSON object of the Matrix protocol. `blocked`: this server's owner does not want it.
 * `backingOff`: it failed a moment ago and was not asked.
 */
export type UnreachableReason =
	| "name"
	| "addressRefused"
	| "connection"
	| "certificate"
	| "timeout"
	| "answerTooLarge"
	| "malformedAnswer"
	| "blocked"
	| "backingOff";

/** What became of a request. */
export type PeerAnswer =
	| { readonly kind: "answered"; readonly content: JsonObject }
	/** The server said no. `errcode` is `M_UNKNOWN` where it gave none. */
	| {
			readonly kind: "refused";
			readonly status: number;
			readonly errcode: string;
			readonly message: string;
			readonly retryAfterMs: number | undefined;
	  }
	/** `detail` is for logs and owners; it holds nothing that the peer wrote. */
	| { readonly kind: "unreachable"; readonly reason: UnreachableReason; readonly detail: string };

/** Signed requests to other servers. Never throws because of what a peer does. */
export interface PeerTransport {
	request(destination: ServerName, request: PeerRequest): Promise<PeerAnswer>;
}
