import { isJsonObject, jsonObject } from "../../../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../../../federation/json/json-value.ts";
import { parseJson } from "../../../../../federation/json/parse-json.ts";
import { AppError } from "../../../../shared/app-error.ts";
import type { WireJson } from "../../../../shared/wire/key-calls.ts";

/** The whole call is smaller. */
const maxBytes = 1_000_000;

/**
 * What a call holds as it can be signed and checked: strict, without prototypes. Throws AppError `bad-input` for what has
 * no canonical form, `too-large`.
 */
export const jsonBody = (value: WireJson): JsonObject => {
	const parsed = parseJson(JSON.stringify(value), { maxBytes });
	if (parsed.kind === "ok" && isJsonObject(parsed.value)) return parsed.value;
	const isLong = parsed.kind === "refused" && parsed.reason.startsWith("too-");
	throw new AppError(isLong ? "too-large" : "bad-input");
};

/** The same for what may be left out. */
export const optionalBody = (value: WireJson | undefined): JsonObject | undefined =>
	value === undefined ? undefined : jsonBody(value);

/** Servers that gave no answer, as the client-server API names them. */
export const failuresOf = (servers: readonly string[]): Record<string, WireJson> =>
	Object.fromEntries(servers.map((server) => [server, jsonObject()]));
