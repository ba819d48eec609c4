import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../../federation/json/canonical-json.ts";
import type { NameResolver, PeerEndpoint, PeerRoute } from "../../../../federation/ports/name-resolver.ts";
import type {
	PeerAnswer,
	PeerRequest,
	PeerTransport,
	UnreachableReason,
} from "../../../../federation/ports/peer-transport.ts";
import type { Signer } from "../../../../federation/ports/signer.ts";
import { signRequest } from "../../../../federation/transport/signed-request.ts";
import type { Log } from "../../../shared/log.ts";
import type { ExchangeResult, HttpsClient } from "./https-client.ts";
import { createLanes } from "./lanes.ts";
import { maxRefusalBytes, readAnswer, unreachable } from "./read-answer.ts";

export interface PeerTransportDependencies {
	readonly signer: Signer;
	readonly names: NameResolver;
	readonly client: HttpsClient;
	readonly userAgent: string;
	readonly log: Log;
}

const defaultTimeoutMs = 60_000;
const defaultMaxAnswerBytes = 16 * 1024 * 1024;

/** Requests to one server; what does not get a turn in its time has ended. */
const lanesPerServer = { atOnce: 8, mostWaiting: 200 } as const;

/** The real transport: signed requests over HTTPS/1.1. */
export const createPeerTransport = (dependencies: PeerTransportDependencies): PeerTransport => {
	const { signer, log } = dependencies;
	const lanes = createLanes(lanesPerServer);
	return {
		request: async (destination, request) => {
			if (destination === signer.serverName) return unreachable("blocked", "this server does not ask itself");
			const signal = AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs);
			const answer =
				(await lanes.run(destination, () => ask(dependencies, { destination, request, signal }), signal)) ??
				unreachable(signal.aborted ? "timeout" : "backingOff", "other requests to the server wait already");
			if (answer.kind === "unreachable") {
				const { reason, detail } = answer;
				log.debug({ peer: destination, path: pathOf(request), reason, detail }, "a server did not answer");
			}
			return answer;
		},
	};
};

/** What another route may put right. */
const isOfRoute: ReadonlySet<UnreachableReason> = new Set(["name", "addressRefused", "connection", "certificate"]);

interface Asking {
	readonly destination: ServerName;
	readonly request: PeerRequest;
	readonly signal: AbortSignal;
}

const ask = async (dependencies: PeerTransportDependencies, asking: Asking): Promise<PeerAnswer> => {
	const { destination, signal } = asking;
	const resolution = await unlessAborted(dependencies.names.resolve(destination), signal);
	if (resolution === undefined) return unreachable("timeout", "the server's name was not resolved in time");
	if (resolution.kind === "unresolved") return unreachable("name", resolution.detail);
	const result = await tryEndpoints(dependencies, asking, resolution.route);
	if (result.kind === "failed" && isOfRoute.has(result.reason)) dependencies.names.distrust(destination);
	return readAnswer(result);
};

/** The machines of a server in turn, until one is there. */
const tryEndpoints = async (
	dependencies: PeerTransportDependencies,
	asking: Asking,
	route: PeerRoute,
): Promise<ExchangeResult> => {
	const send = sender(dependencies, asking, route);
	let result: ExchangeResult | undefined;
	for (const endpoint of route.endpoints) {
		result = await send(endpoint);
		// The other side closed a connection that stood open; that says nothing about the next one.
		if (result.kind === "failed" && result.isStale && !asking.signal.aborted) result = await send(endpoint);
		if (result.kind === "response" || asking.signal.aborted || !isOfRoute.has(result.reason)) break;
	}
	return result ?? { kind: "failed", reason: "name", detail: "the route names no machine", isStale: false };
};

const sender = (
	{ client, signer, userAgent }: PeerTransportDependencies,
	{ destination, request, signal }: Asking,
	{ certificateName, hostHeader }: PeerRoute,
): ((endpoint: PeerEndpoint) => Promise<ExchangeResult>) => {
	const { method, uri, content, maxAnswerBytes = defaultMaxAnswerBytes } = request;
	const body = content === undefined ? undefined : encodeCanonicalJson(content);
	const headers = {
		host: hostHeader,
		authorization: signRequest({ method, uri, destination, ...(content === undefined ? {} : { content }) }, signer),
		accept: "application/json",
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
			maxBytes: (status) => (status < 300 ? maxAnswerBytes : maxRefusalBytes),
			signal,
		});
};

const unlessAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
	new Promise((resolve, reject) => {
		const giveUp = (): void => resolve(undefined);
		signal.addEventListener("abort", giveUp, { once: true });
		if (signal.aborted) giveUp();
		work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
	});

/** Without the query, which may hold what people typed. */
const pathOf = ({ uri }: PeerRequest): string => uri.split("?")[0] ?? "";
