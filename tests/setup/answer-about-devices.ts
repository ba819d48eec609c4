import type { ServerName } from "../../federation/identifiers/identifier-types.ts";
import { jsonObject } from "../../federation/json/json-object.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import { parseJson } from "../../federation/json/parse-json.ts";
import type { PeerAnswer, PeerRequest } from "../../federation/ports/peer-transport.ts";
import type { createDeviceAnswering } from "../../src/server/federation/public.ts";

/** What a server answers to questions about devices; undefined: it is another question. */
export const answerAboutDevices = async (
	answering: ReturnType<typeof createDeviceAnswering>,
	origin: ServerName,
	{ uri, content = jsonObject() }: PeerRequest,
): Promise<PeerAnswer | undefined> => {
	const [, what, userId = ""] = /v1\/user\/(devices|keys\/query|keys\/claim)\/?(.*)$/.exec(uri) ?? [];
	if (what === undefined) return undefined;
	const asked = { origin, content: overTheWire(content) };
	const answer = await (what === "devices"
		? answering.userDevices({ origin, userId: decodeURIComponent(userId) })
		: answering[what === "keys/query" ? "query" : "claim"](asked));
	return answer.kind === "answered"
		? { kind: "answered", content: overTheWire(answer.content) }
		: { ...answer, retryAfterMs: undefined };
};

/** What the wire makes of JSON. */
const overTheWire = (content: JsonObject): JsonObject => {
	const parsed = parseJson(JSON.stringify(content));
	if (parsed.kind === "refused") throw new Error(parsed.reason);
	return parsed.value as JsonObject;
};
