import type { Refusal } from "../../../../federation/handshakes/refusal.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { RoomDirectory, RoomGraph } from "../../rooms/public.ts";
import type { AnsweringStore } from "./ports.ts";

/** What answering other servers' questions about rooms stands on. */
export interface AnsweringDependencies {
	readonly serverName: ServerName;
	readonly graph: RoomGraph;
	readonly store: AnsweringStore;
	readonly directory: Pick<RoomDirectory, "profilesOf">;
	readonly clock: { now(): number };
}

export type Answer = { readonly kind: "answered"; readonly content: JsonObject } | Refusal;

/** An answer that is too long to be held whole: JSON in pieces. */
export type LongAnswer = { readonly kind: "streamed"; readonly pieces: AsyncIterable<string> } | Refusal;
