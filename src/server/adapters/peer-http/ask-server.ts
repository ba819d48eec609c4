import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import type { NameResolver, PeerEndpoint, PeerRoute } from "../../../../federation/ports/name-resolver.ts";
import type { PeerRequest, UnreachableReason } from "../../../../federation/ports/peer-transport.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import { signRequest } from "../../../../federation/transport/signed-request.ts";
import type { Exchange, ExchangeResult } from "./exchange.ts";
import type { HttpsClient } from "./https-client.ts";
import { maxRefusalBytes } from "./read-answer.ts";

/** What a signed request is made with. */
export interface AskingGround {
	readonly signer: Signer;
	readonly names: NameResolver;
	readonly client: HttpsClient;
	readonly userAgent: string;
}

export interface Asking {
	readonly destination: ServerName;
	readonly request: PeerRequest;
	readonly maxAnswerBytes: number;
	/** See `Exchange`. */
	readonly onBody?: Exchange["onBody"];
	/** Ends it. */
	readonly signal: AbortSignal;
}

/** What another route may put right. */
const isOfRoute: ReadonlySet<UnreachableReason> = new Set(["name", "addressRefused", "connection", "certificate"]);

/** Finds the machines of a server and sends it one signed request. */
export const askServer = async (ground: AskingGround, asking: Asking): Promise<ExchangeResult> => {
	const { destination, signal } = asking;
	const resolution = await unlessAborted(ground.names.resolve(destination), signal);
	if (resolution === undefined) return failed("timeout", "the server's name was not resolved in time");
	if (resolution.kind === "unresolved") return failed("name", resolution.detail);
	const result = await tryEndpoints(ground, asking, resolution.route);
	if (result.kind === "failed" && isOfRoute.has(result.reason)) ground.names.distrust(destination);
	return result;
};

/** The machines of a server in turn, until one is there. */
const tryEndpoints = async (ground: AskingGround, asking: Asking, route: PeerRoute): Promise<ExchangeResult> => {
	const send = sender(ground, asking, route);
	let result = failed("name", "the route names no machine");
	for (const endpoint of route.endpoints) {
		result = await send(endpoint);
		// The other side closed a connection that stood open; that says nothing about the next one.
		if (result.kind === "failed" && result.isStale && !asking.signal.aborted) result = await send(endpoint);
		if (result.kind === "response" || asking.signal.aborted || !isOfRoute.has(result.reason)) break;
	}
	return result;
};

const sender = (
	{ client, signer, userAgent }: AskingGround,
	{ destination, request, maxAnswerBytes, onBody, signal }: Asking,
	{ certificateName, hostHeader }: PeerRoute,
): ((endpoint: PeerEndpoint) => Promise<ExchangeResult>) => {
	const { method, uri, content } = request;
	const body = content === undefined ? undefined : encodeCanonicalJson(content);
	const headers = {
		host: hostHeader,
		authorization: signRequest({ method, uri, destination, ...(content === undefined ? {} : { content }) }, signer),
		"accept-encoding": "identity",
		"user-agent": userAgent,
		...(body === undefined
			? {}
			: { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) }),
	};
	return (endpoint) =>
		client.exchange({
			endpoint,
			certificateName,
			method,
			path: uri,
			headers,
			...(body === undefined ? {} : { body }),
			onBody,
			maxBytes: (status) => (status < 300 ? maxAnswerBytes : maxRefusalBytes),
			signal,
		});
};

/** An exchange that was not made. */
export const failed = (reason: UnreachableReason, detail: string): ExchangeResult => ({
	kind: "failed",
	reason,
	detail,
	isStale: false,
});

const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
	new Promise((resolve, reject) => {
		const giveUp = (): void => resolve(undefined);
		signal.addEventListener("abort", giveUp, { once: true });
		if (signal.aborted) giveUp();
		work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
	});
