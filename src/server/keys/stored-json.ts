import type { KeyRefusal } from "../../../federation/device-keys/key-rule.ts";
import { CanonicalJsonError, encodeCanonicalJson } from "../../../federation/json/canonical-json.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { parseJson } from "../../../federation/json/parse-json.ts";
import { AppError } from "../../shared/app-error.ts";

/** JSON of the database: what was checked before it was put there. */
export const storedObject = (json: string): JsonObject => {
	const parsed = parseJson(json);
	if (parsed.kind !== "ok") throw new Error("stored JSON is none");
	return parsed.value as JsonObject;
};

/** As it is stored and compared. Throws AppError `bad-input` for what has no canonical form. */
export const canonical = (json: JsonObject): string => {
	try {
		return encodeCanonicalJson(json);
	} catch (error) {
		if (error instanceof CanonicalJsonError) throw new AppError("bad-input", { cause: error });
		throw error;
	}
};

/** What a refused check is to a caller. */
export const keysRefused = ({ rule, detail }: KeyRefusal): AppError => new AppError("keys-refused", { rule, detail });
