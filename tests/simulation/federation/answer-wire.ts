import type { ServerName } from "@federation/identifiers/identifier-types.ts";
import { isJsonObject, jsonObject } from "@federation/json/json-object.ts";
import type { JsonObject } from "@federation/json/json-value.ts";
import { parseJson } from "@federation/json/parse-json.ts";
import type { Federation } from "../../../src/server/federation/public.ts";
import { createRouteMatcher } from "../../../src/server/matrix/match-route.ts";
import type { MatrixAnswer } from "../../../src/server/matrix/matrix-route.ts";
import { matrixRoutes } from "../../../src/server/matrix/routes.ts";
import { isAppError } from "../../../src/shared/app-error.ts";
import type { Log } from "../../../src/shared/log.ts";
import type { WireAnswer, WireRequest } from "./simulated-network.ts";

const matchRoute = createRouteMatcher(matrixRoutes);

/** Answers as the server's endpoints do: the route, the body, who asks, and the route's answer. */
export const answerWire = async (federation: Federation, log: Log, request: WireRequest): Promise<WireAnswer> => {
	try {
		return encode(await answerOf(federation, request));
	} catch (err) {
		const isPassing = isAppError(err) && (err.code === "unavailable" || err.code === "storage-full");
		if (!isPassing) log.error({ err, uri: request.uri }, "another server could not be answered");
		return { status: isPassing ? 503 : 500, body: '{"errcode":"M_UNKNOWN","error":"broken"}' };
	}
};

const answerOf = async (federation: Federation, request: WireRequest): Promise<string | MatrixAnswer> => {
	const { method, uri, body, authorization } = request;
	const url = new URL(uri, "https://peer.example");
	const match = matchRoute(method, url.pathname);
	if (match.kind !== "found") return refusal(404, "M_UNRECOGNIZED");
	const content = body === undefined ? undefined : contentOf(body);
	const question = { params: match.params, query: url.searchParams, content: content ?? jsonObject() };
	let origin = "" as ServerName;
	if (match.route.isSigned) {
		const sender = await federation.authenticate({
			method,
			uri,
			authorization,
			...(content === undefined ? {} : { content }),
		});
		if (sender.kind === "refused") return sender;
		({ origin } = sender);
	}
	const answer = await match.route.answer(federation, { ...question, origin });
	if (answer.kind !== "streamed") return answer;
	let text = "";
	for await (const piece of answer.pieces) text += piece;
	return text;
};

const contentOf = (body: string): JsonObject => {
	const parsed = parseJson(body, { maxBytes: 1e8, maxKeys: 1e7 });
	if (parsed.kind === "refused" || !isJsonObject(parsed.value)) throw new Error("a server sent no JSON object");
	return parsed.value;
};

const refusal = (status: number, errcode: string): MatrixAnswer =>
	({ kind: "refused", status, errcode, message: "" }) as MatrixAnswer;

const encode = (answer: string | MatrixAnswer): WireAnswer => {
	if (typeof answer === "string") return { status: 200, body: answer };
	if (answer.kind === "answered") return { status: 200, body: JSON.stringify(answer.content) };
	if (answer.kind !== "refused") throw new Error("nobody asks for a file in the simulation");
	const { status, errcode, message, extra } = answer;
	return { status, body: JSON.stringify({ ...extra, errcode, error: message }) };
};
