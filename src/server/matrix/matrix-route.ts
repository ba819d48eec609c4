import type { Refusal } from "../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject, JsonValue } from "../../../federation/json/json-value.ts";
import type { Federation } from "../federation/public.ts";

/** A request of another server: of a known endpoint, within its limits and, where it is signed, verified. */
export interface MatrixRequest {
	/** Whose request it is: checked. Only of signed routes; of others the empty name. */
	readonly origin: ServerName;
	/** What stands in the path for its `{name}`s, percent-decoded. */
	readonly params: Readonly<Record<string, string>>;
	readonly query: URLSearchParams;
	/** `{}` where there is no body. */
	readonly content: JsonObject;
}

/** What is sent back with status 200, or a refusal. */
export type MatrixAnswer =
	| {
			readonly kind: "answered";
			readonly content: JsonValue;
			readonly headers?: Readonly<Record<string, string>>;
	  }
	/** For what is no JSON; read as the other side takes it. */
	| { readonly kind: "file"; readonly contentType: string; readonly content: AsyncIterable<Uint8Array> }
	/** Long JSON, in pieces that are made as they are taken. */
	| { readonly kind: "streamed"; readonly pieces: AsyncIterable<string> }
	| Refusal;

/** One endpoint: parses, calls one use case, encodes. */
export interface MatrixRoute {
	readonly method: "GET" | "PUT" | "POST";
	/** `/_matrix/federation/v1/make_join/{roomId}/{userId}` */
	readonly path: string;
	/** True: only for a server that signed the request by X-Matrix. */
	readonly isSigned: boolean;
	/** Of PUT and POST; a longer one is refused unread. */
	readonly maxBodyBytes: number;
	readonly answer: (federation: Federation, request: MatrixRequest) => Promise<MatrixAnswer>;
}
