import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { makeSelfSignedCertificate } from "./self-signed-certificate.ts";

/** A server over TLS that answers as a test wants. */
export interface TlsPeer extends AsyncDisposable {
	readonly port: number;
	/** In PEM; whoever trusts it trusts this server. */
	readonly certificate: string;
	/** What arrived, `GET /path`, in order. */
	readonly requests: readonly string[];
	/** How many connections were ever opened, with or without a request. */
	connections(): number;
	/** Hangs up on everybody who is connected. */
	hangUp(): void;
}

export type TlsPeerAnswer = (request: IncomingMessage, response: ServerResponse) => void;

export interface TlsPeerOptions {
	/** What its certificate is for. */
	readonly host: string;
	readonly answer: TlsPeerAnswer;
	readonly address?: string;
	readonly port?: number;
}

export async function startTlsPeer({
	host,
	answer,
	address = "127.0.0.1",
	port = 0,
}: TlsPeerOptions): Promise<TlsPeer> {
	const { key, cert } = makeSelfSignedCertificate(host, Date.now());
	const requests: string[] = [];
	let connections = 0;
	const server = createServer({ key, cert }, (request, response) => {
		requests.push(`${request.method} ${request.url}`);
		// A client that hangs up in the middle is what several tests are about.
		response.on("error", () => undefined);
		answer(request, response);
	});
	server.on("connection", () => {
		connections += 1;
	});
	server.on("tlsClientError", () => undefined);
	server.listen(port, address);
	await once(server, "listening");
	return {
		port: (server.address() as AddressInfo).port,
		certificate: cert,
		requests,
		connections: () => connections,
		hangUp: () => server.closeAllConnections(),
		[Symbol.asyncDispose]: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, "close");
		},
	};
}
