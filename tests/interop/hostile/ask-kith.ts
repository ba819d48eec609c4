import { request } from "node:https";
import { text } from "node:stream/consumers";
import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { signRequest } from "../../../federation/transport/signed-request.ts";
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
	const headers = {
		...(authorization === undefined ? {} : { authorization }),
		...(content === undefined ? {} : { "content-type": "application/json" }),
		...asking.headers,
	};
	const url = `https://${kith.name}${sent.uri ?? uri}`;
	return new Promise((resolve, reject) => {
		const sending = request(url, { method, headers, ca: kith.ca, agent: false }, (response) => {
			text(response).then((body) => resolve({ status: response.statusCode ?? 0, content: JSON.parse(body) }), reject);
		});
		sending.once("error", reject);
		sending.end(sent.body ?? (content === undefined ? undefined : JSON.stringify(content)));
	});
};
