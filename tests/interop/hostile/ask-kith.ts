import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { signRequest } from "../../../federation/transport/signed-request.ts";
import { askMatrix } from "../../setup/ask-matrix.ts";
import type { KithHomeserver } from "../kith/kith-homeserver.ts";
import type { HostilePeer } from "./hostile-peer.ts";

export interface Asking {
	readonly method: "GET" | "PUT" | "POST";
	readonly uri: string;
	readonly content?: JsonObject;
	/** What is sent instead of what was signed. */
	readonly sent?: { readonly uri?: string; readonly body?: string | Buffer };
	/** Instead of a correct one. */
	readonly authorization?: string | undefined;
	readonly headers?: Readonly<Record<string, string>>;
	/** The server that the request names; absent: the one it goes to. */
	readonly destination?: string;
}

export interface Told {
	readonly status: number;
	readonly content: JsonObject;
}

/** Sends a request of the hostile server's to a Kith, signed as it should be unless `asking` says otherwise. */
export const askKith = async (kith: KithHomeserver, peer: HostilePeer, asking: Asking): Promise<Told> => {
	const { method, uri, content, sent = {} } = asking;
	const destination = (asking.destination ?? kith.name) as ServerName;
	const signed = signRequest({ method, uri, destination, ...(content === undefined ? {} : { content }) }, peer.signer);
	const authorization = "authorization" in asking ? asking.authorization : signed;
	const { status, content: told } = await askMatrix(`https://${kith.name}`, {
		method,
		uri: sent.uri ?? uri,
		...(content === undefined ? {} : { content }),
		...(sent.body === undefined ? {} : { body: sent.body }),
		headers: {
			...(authorization === undefined ? {} : { authorization }),
			...(content === undefined ? {} : { "content-type": "application/json" }),
			...asking.headers,
		},
		ca: kith.ca,
	});
	return { status, content: told as JsonObject };
};
