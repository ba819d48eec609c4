import type { IncomingMessage, ServerResponse } from "node:http";
import { limitExceeded, unauthorized, unrecognized, wrongMethod } from "../../../federation/handshakes/refusal.ts";
import { parseEventId } from "../../../federation/identifiers/event-id.ts";
import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../../federation/json/json-object.ts";
import { parseXMatrix } from "../../../federation/transport/x-matrix.ts";
import { isAppError } from "../../shared/app-error.ts";
import type { Log } from "../../shared/log.ts";
import type { Federation } from "../federation/public.ts";
import { createRouteMatcher } from "./match-route.ts";
import type { MatrixAnswer, MatrixRoute } from "./matrix-route.ts";
import { readContent } from "./read-content.ts";
import type { RequestBounds, Visit } from "./request-bounds.ts";
import { matrixRoutes } from "./routes.ts";
import { sendAnswer } from "./send-answer.ts";

/** What the endpoints for other servers are mounted on. */
export interface MatrixHost {
	readonly federation: Federation;
	readonly log: Log;
	/** One for the process, whichever way requests come in. */
	readonly requestBounds: RequestBounds;
}

type MatrixHandler = (host: MatrixHost, request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Exchange {
	readonly host: MatrixHost;
	readonly route: MatrixRoute;
	readonly params: Readonly<Record<string, string>>;
	readonly request: IncomingMessage;
	/** Path and query as they came: what was signed. */
	readonly uri: string;
	readonly visit: Visit;
}

/** What is sent, and whose request it was as far as that is known for sure; of one that is not wanted, whose it claims to be. */
interface Outcome {
	readonly answer: MatrixAnswer;
	readonly origin?: ServerName;
}

const retryAfterMs = 5_000;

/** Answers other servers at these endpoints. */
export const createMatrixHandler = (routes: readonly MatrixRoute[]): MatrixHandler => {
	const match = createRouteMatcher(routes);
	return async (host, request, response) => {
		// Whoever hangs up is told nothing.
		const tell = (answer: MatrixAnswer) =>
			sendAnswer(response, answer).catch((error: unknown) => {
				if (!hasHungUp(request, error)) throw error;
			});
		const uri = request.url ?? "";
		const found = match(request.method ?? "", uri.split("?", 1)[0] ?? "");
		if (found.kind === "unknown" || !host.federation.isOn) return tell(unrecognized());
		if (found.kind === "wrongMethod") {
			response.setHeader("Allow", found.allowed.join(", "));
			return tell(wrongMethod());
		}
		const visit = host.requestBounds.enterFrom(request);
		if (visit === undefined) return tell(limitExceeded(retryAfterMs));
		try {
			const exchange = { ...found, host, request, uri, visit };
			const outcome = await answerVisit(exchange);
			note(exchange, outcome);
			await tell(outcome.answer);
		} catch (error) {
			if (hasHungUp(request, error)) return;
			const answer = failure(host.log, found.route, error);
			if (!response.headersSent) await tell(answer);
		} finally {
			visit.leave();
		}
	};
};

/** The endpoints of this server, the same from its own process and from a route of Next. */
export const handleMatrixRequest = createMatrixHandler(matrixRoutes);

const answerVisit = async (exchange: Exchange): Promise<Outcome> => {
	const { host, route, params, request, uri, visit } = exchange;
	const { authorization } = request.headers;
	// Before the body is read: whoever does not even say who they are has no claim on this server's memory.
	if (route.isSigned) {
		const claimed = parseXMatrix(authorization ?? "");
		if (claimed === undefined) return { answer: unauthorized("The request carries no X-Matrix authorization") };
		const unwanted = host.federation.refuseUnwanted(claimed.origin);
		if (unwanted !== undefined) return { answer: unwanted, origin: claimed.origin };
	}
	const hasBody = route.method !== "GET";
	const reading = hasBody ? await readContent(request, { maxBytes: route.maxBodyBytes, hold: visit.hold }) : undefined;
	if (reading?.kind === "noRoom") return { answer: limitExceeded(retryAfterMs) };
	if (reading?.kind === "refused") return { answer: reading };
	const question = { params, query: queryOf(uri), content: reading?.content ?? jsonObject() };
	if (!route.isSigned) return { answer: await route.answer(host.federation, { ...question, origin: nobody }) };
	const sender = await host.federation.authenticate({
		method: route.method,
		uri,
		...(reading === undefined ? {} : { content: reading.content }),
		authorization: authorization ?? "",
	});
	if (sender.kind === "refused") return { answer: sender };
	const { origin } = sender;
	if (!visit.countFor(origin)) return { origin, answer: limitExceeded(retryAfterMs) };
	return { origin, answer: await route.answer(host.federation, { ...question, origin }) };
};

const hasHungUp = (request: IncomingMessage, error: unknown): boolean =>
	request.errored !== null || (error as NodeJS.ErrnoException).code === "ERR_STREAM_PREMATURE_CLOSE";

const nobody = "" as ServerName;

const queryOf = (uri: string): URLSearchParams => {
	const mark = uri.indexOf("?");
	return new URLSearchParams(mark === -1 ? "" : uri.slice(mark + 1));
};

/** Refusals by peer, rule, event, endpoint and code; never by what was asked. Who could not be believed is only claimed. */
const note = ({ host, route, params, request }: Exchange, { answer, origin }: Outcome): void => {
	if (answer.kind !== "refused") return;
	const { status, errcode, message: reason, rule } = answer;
	const claimed = parseXMatrix(request.headers.authorization ?? "")?.origin;
	const peer = origin === undefined ? { claimedPeer: claimed } : { peer: origin };
	const event = parseEventId(params["eventId"] ?? "");
	const endpoint = endpointOf(route);
	host.log.info({ ...peer, rule, event, endpoint, status, errcode, reason }, "refused another server");
};

const failure = (log: Log, route: MatrixRoute, err: unknown): MatrixAnswer => {
	const isPassing = isAppError(err) && (err.code === "unavailable" || err.code === "storage-full");
	log[isPassing ? "warn" : "error"]({ err, endpoint: endpointOf(route) }, "another server could not be answered");
	return {
		kind: "refused",
		status: isPassing ? 503 : 500,
		errcode: "M_UNKNOWN",
		message: isPassing ? "This server cannot answer now" : "Internal error",
	};
};

const endpointOf = ({ method, path }: MatrixRoute): string => `${method} ${path}`;
