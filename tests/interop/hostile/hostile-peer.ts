import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { KeyId, ServerName } from "../../../federation/identifiers/identifier-types.ts";
import { encodeBase64 } from "../../../federation/json/base64.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { signJson } from "../../../federation/signing/sign-json.ts";
import { createNodeSigner, type NodeSigner } from "../../../src/server/adapters/crypto-node/node-signer.ts";
import type { ServerTls } from "../../server-process/start-server-process.ts";

/** A request that another server made to this one. */
export interface SeenRequest {
	readonly method: string;
	/** Path and query. */
	readonly uri: string;
	readonly body: string;
}

export type HostileAnswer = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

/** A homeserver that keeps no rule it is not told to keep: a real TLS server with a name and keys of its own. */
export interface HostilePeer extends AsyncDisposable {
	readonly name: ServerName;
	readonly signer: NodeSigner;
	/** What it was asked so far. */
	readonly seen: readonly SeenRequest[];
	/** Answers requests whose path begins so; the newest that fits counts. Everything else is 404. */
	answer(path: string, answer: HostileAnswer): void;
	/** Publishes this instead of its own key document. */
	publish(document: JsonObject): void;
	keyDocument(changes?: JsonObject): JsonObject;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Starts one under the certificate that Kith trusts. Its name is this host, in this spelling, and its port. */
export const startHostilePeer = async (tls: ServerTls, host = "localhost"): Promise<HostilePeer> => {
	const [cert, key] = await Promise.all([readFile(tls.certFile, "utf8"), readFile(tls.keyFile, "utf8")]);
	const answers: { readonly path: string; readonly answer: HostileAnswer }[] = [];
	const seen: SeenRequest[] = [];
	const server: Server = createServer({ cert, key }, (request, response) => {
		respond(request, response).catch(() => response.destroy());
	});
	const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const asked = { method: request.method ?? "", uri: request.url ?? "", body: await text(request) };
		seen.push(asked);
		const fitting = answers.findLast(({ path }) => asked.uri.startsWith(path));
		if (fitting === undefined) sendJson(response, 404, { errcode: "M_UNRECOGNIZED", error: "not here" });
		else await fitting.answer(asked, response);
	};
	const isIpv6 = /^\[[\d:]+\]$/.test(host);
	await new Promise<void>((resolve) => server.listen(0, isIpv6 ? "::1" : "127.0.0.1", resolve));
	const name = `${host}:${(server.address() as AddressInfo).port}` as ServerName;
	const signer = createNodeSigner(randomBytes(32), name, "ed25519:hostile" as KeyId);
	const keyDocument = (changes: JsonObject = {}): JsonObject =>
		signJson(
			{
				server_name: name,
				valid_until_ts: Date.now() + dayMs,
				verify_keys: { [signer.keyId]: { key: encodeBase64(signer.publicKey) } },
				old_verify_keys: {},
				...changes,
			},
			signer,
		);
	let published: JsonObject | undefined;
	answers.push({
		path: "/_matrix/key/v2/server",
		answer: (_asked, response) => sendJson(response, 200, published ?? keyDocument()),
	});
	return {
		name,
		signer,
		seen,
		answer: (path, answer) => void answers.push({ path, answer }),
		publish: (document) => {
			published = document;
		},
		keyDocument,
		[Symbol.asyncDispose]: () => {
			server.closeAllConnections();
			return new Promise((resolve) => void server.close(() => resolve()));
		},
	};
};

export const sendJson = (response: ServerResponse, status: number, content: unknown): void => {
	response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(content));
};
