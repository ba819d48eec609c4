import type { IncomingMessage } from "node:http";
import { badJson, notJson, type Refusal, tooLarge } from "../../../federation/handshakes/refusal.ts";
import type { JsonRefusal } from "../../../federation/json/json-limits.ts";
import { isJsonObject } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { parseJson } from "../../../federation/json/parse-json.ts";

/** What a body may cost. */
export interface BodyBounds {
	readonly maxBytes: number;
	/** Asked before bytes are kept; false: there is no room for them now. */
	hold(bytes: number): boolean;
}

export type ContentReading =
	| { readonly kind: "read"; readonly content: JsonObject }
	/** There is no room for it now. */
	| { readonly kind: "noRoom" }
	| Refusal;

/** An object in which every member takes at least so many bytes cannot have more members than these. */
const bytesOfMember = 6;

/**
 * Reads the body of a request as a JSON object: bounded before it is kept, strict before it is believed. A body that is
 * compressed is refused, for what it would become cannot be known before.
 */
export const readContent = async (request: IncomingMessage, bounds: BodyBounds): Promise<ContentReading> => {
	const encoding = request.headers["content-encoding"];
	if (encoding !== undefined && encoding !== "identity") return notJson("Compressed bodies are not read");
	const length = Number(request.headers["content-length"] ?? 0);
	if (length > bounds.maxBytes) return refusedSize(bounds.maxBytes);
	const chunks: Uint8Array[] = [];
	let size = 0;
	// A body that is not read to its end leaves the connection open for the answer.
	const body: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
	for await (const chunk of body) {
		size += chunk.length;
		if (size > bounds.maxBytes) return refusedSize(bounds.maxBytes);
		if (!bounds.hold(chunk.length)) return { kind: "noRoom" };
		chunks.push(chunk);
	}
	return parseContent(Buffer.concat(chunks), bounds.maxBytes);
};

const parseContent = (bytes: Uint8Array, maxBytes: number): ContentReading => {
	const parsed = parseJson(bytes, { maxBytes, maxKeys: Math.ceil(maxBytes / bytesOfMember) });
	if (parsed.kind === "refused") {
		return (notJsonReasons.has(parsed.reason) ? notJson : badJson)(
			`The body is refused at ${parsed.at}: ${parsed.reason}`,
		);
	}
	return isJsonObject(parsed.value) ? { kind: "read", content: parsed.value } : badJson("The body is no object");
};

/** Everything else is JSON, but none that can be signed. */
const notJsonReasons: ReadonlySet<JsonRefusal> = new Set(["malformed-utf8", "syntax"]);

const refusedSize = (maxBytes: number): Refusal => tooLarge(`The body is longer than ${maxBytes} bytes`);
