import { jsonObject } from "../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { Answer, AnsweringDependencies } from "./answering-dependencies.ts";

/** Events in the form of a transaction. Matrix v1.19 Server-Server API, "Retrieving events", "Backfilling". */
export const pduAnswer = (
	{ serverName, clock }: Pick<AnsweringDependencies, "serverName" | "clock">,
	events: readonly { readonly json: JsonObject }[],
): Answer => ({
	kind: "answered",
	content: jsonObject([
		["origin", serverName],
		["origin_server_ts", clock.now()],
		["pdus", events.map(({ json }) => json)],
	]),
});
