import type { RoomId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import type { ModelPrompt, ModelUsage } from "../../shared/assistant/model-prompt.ts";
import type { AssistantState, RunFailure, RunKind, WireAssistantHost } from "../../shared/wire/assistant.ts";

/** Milliseconds since the Unix epoch. */
export interface Clock {
	now(): number;
}

/** One machine with models. It does one thing at a time. Methods throw RunFailed. */
export interface ModelHost {
	readonly url: string;
	/** The answer as it is written. What it gives back at the end is what it cost. */
	chat(prompt: ModelPrompt): AsyncGenerator<string, ModelUsage, undefined>;
	/** A vector for each text. Questions and documents are told apart where the model does. */
	embed(texts: readonly string[], use: "question" | "document", signal: AbortSignal): Promise<readonly number[][]>;
	/** Asks it how it is. */
	check(): Promise<HostCheck>;
	/** Has it fetch a model; tells how many bytes are there. */
	pull(model: string, onProgress: (completed: number, total: number) => void): Promise<void>;
}

export interface HostCheck {
	readonly state: Exclude<AssistantState, "missing" | "busy">;
	readonly version: string | undefined;
	readonly hasChat: boolean;
	readonly hasEmbed: boolean;
}

/** The machines, of which each has one slot. */
export interface ModelHosts {
	readonly chatModel: string;
	readonly embedModel: string;
	/** What a prompt and its answer may have together, in tokens. */
	readonly contextTokens: number;
	/** How many there are. */
	readonly slots: number;
	/** The free one that answers and has worked least of late; undefined: none is free, or there is none. */
	take(): ModelHost | undefined;
	giveBack(host: ModelHost): void;
	/** It could not be reached: others go first until it is found well. */
	distrust(host: ModelHost): void;
	/** How the best of them is, from what was seen a moment ago. */
	state(): Promise<AssistantState>;
	/** Whether one of them has the model that makes vectors, from what was seen a moment ago. */
	hasEmbed(): Promise<boolean>;
	/** For the owner. */
	list(): Promise<readonly WireAssistantHost[]>;
	/** Begins to fetch a model that this server is set to. Throws AppError `bad-input` for any other, `not-found`. */
	pull(url: string, model: string): void;
}

/** What is kept of a run: never a word of it. */
export interface RunRecord {
	readonly userId: UserId;
	readonly roomId: RoomId | undefined;
	readonly kind: RunKind;
	readonly model: string;
	readonly promptVersion: number;
	/** Messages that were read. */
	readonly messageCount: number;
	readonly firstEventId: string | undefined;
	readonly lastEventId: string | undefined;
	/** HMAC-SHA-256 of the prompts, under a key that never leaves this server. */
	readonly promptHmac: Uint8Array;
	readonly promptTokens: number;
	readonly answerTokens: number;
	readonly outcome: "done" | "cancelled" | RunFailure;
	readonly startedAt: number;
	readonly endedAt: number;
}

/** Where it is written that runs took place. Methods throw AppError `unavailable`. */
export interface RunRecords {
	add(record: RunRecord): Promise<void>;
	/** Lets go of those that began before. */
	forgetBefore(at: number): Promise<void>;
}
