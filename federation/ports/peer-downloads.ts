import type { ServerName } from "../identifiers/identifier-types.ts";
import type { PeerAnswer } from "./peer-transport.ts";

/** What is to be fetched from another server. */
export interface DownloadRequest {
	/** Path and query as they go on the wire and are signed, beginning with `/_matrix/`. */
	readonly uri: string;
	/** Longer ones are not read to their end. */
	readonly maxAnswerBytes: number;
	/** From the call to the last byte. Default one minute. */
	readonly timeoutMs?: number;
}

/** A file that a server keeps elsewhere. */
export interface PublicFileRequest {
	/** As the server gave it. */
	readonly url: string;
	readonly maxBytes: number;
	/** From the call to the last byte, redirects included. Default one minute. */
	readonly timeoutMs?: number;
}

/** The bytes of a status 200, or why there are none. */
export type DownloadAnswer =
	| { readonly kind: "answered"; readonly contentType: string; readonly body: Uint8Array }
	| Exclude<PeerAnswer, { readonly kind: "answered" }>;

/** Files of other servers, whole. Never throws because of what a peer does. */
export interface PeerDownloads {
	/** A signed GET. */
	download(destination: ServerName, request: DownloadRequest): Promise<DownloadAnswer>;
	/** An unsigned GET over HTTPS to a public machine; redirects are followed. */
	fetchPublicly(request: PublicFileRequest): Promise<DownloadAnswer>;
}
