import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { PeerDownloads } from "../../../../federation/ports/peer-downloads.ts";
import type { PeerStreams } from "../../../../federation/ports/peer-streams.ts";
import type { PeerRequest, PeerTransport } from "../../../../federation/ports/peer-transport.ts";
import type { Log } from "../../../shared/log.ts";
import { type AskingGround, askServer, failed } from "./ask-server.ts";
import type { Exchange, ExchangeResult } from "./exchange.ts";
import { followRedirects } from "./follow-redirects.ts";
import { createLanes } from "./lanes.ts";
import { createListReader } from "./list-reader.ts";
import { readAnswer, readDownload, readLists } from "./read-answer.ts";

export interface PeerTransportDependencies extends AskingGround {
	readonly log: Log;
}

const defaultTimeoutMs = 60_000;
const defaultMaxAnswerBytes = 16 * 1024 * 1024;

/** Requests to one server; what does not get a turn in its time has ended. */
const lanesPerServer = { atOnce: 8, mostWaiting: 200 } as const;

/** The real transport: signed requests over HTTPS/1.1. */
export const createPeerTransport = (
	dependencies: PeerTransportDependencies,
): PeerTransport & PeerDownloads & PeerStreams => {
	const ask = createAsking(dependencies);
	const { client, userAgent } = dependencies;
	return {
		request: async (destination, request) => readAnswer(await ask(destination, request)),
		requestLists: async (destination, request, take) => {
			const { maxAnswerBytes = defaultMaxAnswerBytes } = request;
			const reader = createListReader(request, maxAnswerBytes, take);
			return readLists(await ask(destination, request, reader.read), reader);
		},
		download: async (destination, request) => readDownload(await ask(destination, { ...request, method: "GET" })),
		fetchPublicly: async ({ url, maxBytes, timeoutMs = defaultTimeoutMs }) =>
			readDownload(
				await followRedirects(client, {
					url,
					headers: { "user-agent": userAgent },
					maxBytes,
					signal: AbortSignal.timeout(timeoutMs),
				}),
			),
	};
};

const createAsking = (dependencies: PeerTransportDependencies) => {
	const { signer, log } = dependencies;
	const lanes = createLanes(lanesPerServer);
	return async (
		destination: ServerName,
		request: PeerRequest,
		onBody?: Exchange["onBody"],
	): Promise<ExchangeResult> => {
		if (destination === signer.serverName) return failed("blocked", "this server does not ask itself");
		const { timeoutMs = defaultTimeoutMs, maxAnswerBytes = defaultMaxAnswerBytes } = request;
		const signal = AbortSignal.timeout(timeoutMs);
		const asking = { destination, request, maxAnswerBytes, onBody, signal };
		const result =
			(await lanes.run(destination, () => askServer(dependencies, asking), signal)) ??
			failed(signal.aborted ? "timeout" : "backingOff", "other requests to the server wait already");
		if (result.kind === "failed") {
			const { reason, detail } = result;
			log.debug({ peer: destination, path: pathOf(request), reason, detail }, "a server did not answer");
		}
		return result;
	};
};

/** Without the query, which may hold what people typed. */
const pathOf = ({ uri }: PeerRequest): string => uri.split("?")[0] ?? "";
