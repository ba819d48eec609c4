import { request as httpRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { request as httpsRequest } from "node:https";
import { text } from "node:stream/consumers";
import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { Signer } from "../../federation/ports/signer.ts";
import { signRequest } from "../../federation/transport/signed-request.ts";

/** A request as another server makes it. */
export interface MatrixQuestion {
	readonly method?: "GET" | "PUT" | "POST" | "HEAD" | "DELETE";
	/** Sent character by character. */
	readonly uri: string;
	readonly content?: JsonObject;
	/** Signs the request; left out: it is not signed. */
	readonly signer?: Signer;
	readonly destination?: ServerName;
	readonly headers?: Readonly<Record<string, string>>;
	/** In place of `content`: what is sent of the body; the signature, where there is one, is over `content`. */
	readonly body?: string | Uint8Array | ((request: ReturnType<typeof httpRequest>) => void);
	/** What vouches for the server's certificate, in PEM. */
	readonly ca?: string;
}

export interface MatrixReply {
	readonly status: number;
	readonly headers: IncomingMessage["headers"];
	readonly content: { readonly [key: string]: unknown };
}

/** Asks a server at `http://host:port` or `https://host:port` what another server would ask. */
export const askMatrix = async (origin: string, question: MatrixQuestion): Promise<MatrixReply> => {
	const { method = "GET", uri, content, signer, destination, body } = question;
	const authorization =
		signer === undefined || destination === undefined
			? {}
			: {
					Authorization: signRequest(
						{ method, uri, destination, ...(content === undefined ? {} : { content }) },
						signer,
					),
				};
	const { hostname, port, protocol } = new URL(origin);
	const options: RequestOptions & { readonly ca?: string } = {
		hostname,
		port,
		method,
		path: uri,
		agent: false,
		headers: { ...authorization, ...question.headers },
		...(question.ca === undefined ? {} : { ca: question.ca }),
	};
	const response = await new Promise<IncomingMessage>((resolve, reject) => {
		const sending = (protocol === "https:" ? httpsRequest : httpRequest)(options, resolve);
		sending.once("error", reject);
		if (typeof body === "function") body(sending);
		else sending.end(body ?? (content === undefined ? undefined : JSON.stringify(content)));
	});
	const received = await text(response);
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		content: received === "" ? {} : JSON.parse(received),
	};
};
