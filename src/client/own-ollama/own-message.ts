import type { ChatRunKind } from "../../shared/assistant/features/chat-features.ts";
import type { KnownModel } from "../../shared/ollama/check-models.ts";
import type { EmbedUse } from "../../shared/ollama/embed-call.ts";
import type { RunFailure, StartRunInput, WireRunEvent } from "../../shared/wire/assistant.ts";

export type ChatRunInput = Extract<StartRunInput, { readonly kind: ChatRunKind }>;

/** What a run takes besides its input. */
export interface OwnRunMeans {
	readonly chatModel: string;
	readonly contextTokens: number;
	/** The marks around the data of this chat. */
	readonly boundary: string;
}

/** What pages ask of the worker that speaks with the person's own Ollama. */
export type OwnCall =
	/** `isSecurePage`: the page came over TLS, from where a browser lets less through. */
	| {
			readonly kind: "check";
			readonly isSecurePage: boolean;
			/** No other models are looked at. */
			readonly only?: readonly string[];
	  }
	| { readonly kind: "run"; readonly input: ChatRunInput; readonly means: OwnRunMeans }
	| { readonly kind: "embed"; readonly model: string; readonly use: EmbedUse; readonly texts: readonly string[] }
	/** Ends the call of that number. */
	| { readonly kind: "cancel"; readonly call: number };

export type OwnRequest = OwnCall & { readonly id: number };

/** Why an Ollama cannot be used from here. */
export type OwnProblem =
	/** Nothing answers, or the browser does not let the page through. */
	| "unreachable"
	/** It answers, and does not want to be asked by this site. */
	| "origin"
	/** A page that came over TLS may not speak with it in clear. */
	| "mixed"
	/** Something else answers. */
	| "not-ollama"
	/** It has no model that can write. */
	| "no-models";

export type OwnCheck =
	| { readonly kind: "found"; readonly version: string; readonly models: readonly KnownModel[] }
	| { readonly kind: "problem"; readonly problem: OwnProblem };

/** What the worker answers. A run is over with its last event; the others are with any answer. */
export type OwnAnswer =
	| { readonly kind: "checked"; readonly check: OwnCheck }
	| { readonly kind: "event"; readonly event: WireRunEvent }
	| { readonly kind: "vectors"; readonly vectors: readonly (readonly number[])[] }
	| { readonly kind: "failed"; readonly reason: RunFailure };

export type OwnReply = OwnAnswer & { readonly id: number };
