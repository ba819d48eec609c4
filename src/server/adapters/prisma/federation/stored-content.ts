import { getObject, isJsonObject, jsonObject } from "../../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../../federation/json/parse-json.ts";

/** The `content` of an event as it is stored. */
export const contentIn = (json: string): JsonObject => {
	const parsed = parseJson(json);
	const event = parsed.kind === "ok" && isJsonObject(parsed.value) ? parsed.value : jsonObject();
	return getObject(event, "content") ?? jsonObject();
};
