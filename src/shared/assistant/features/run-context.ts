import type { RunKind, StartRunInput, WireAssistantMessage, WireRunEvent } from "../../wire/assistant.ts";
import { dataLine } from "../prompts/data-block.ts";
import type { Synthesizer } from "../synthesizer.ts";

export type InputOf<Kind extends RunKind> = Extract<StartRunInput, { readonly kind: Kind }>;

/** What a feature is given: it reaches a model by the synthesizer alone, and the person by what it yields. */
export interface RunContext<Kind extends RunKind, Means extends Synthesizer = Synthesizer> {
	readonly input: InputOf<Kind>;
	readonly synthesizer: Means;
	/** The marks around this person's data of this chat. */
	readonly boundary: string;
	/** Says that the run begins, and how many messages it does not read. */
	begin(read: readonly WireAssistantMessage[], leftOut: number): WireRunEvent;
}

/** What a feature says. `isKnown` at the end: the sources answer what was asked. */
export type RunSteps = AsyncGenerator<WireRunEvent, { readonly isKnown: boolean }, undefined>;

/** A message as a line of data. Who asks is “me”, whatever they are called. */
const messageLine = ({ sender, isOwn, at, body }: WireAssistantMessage, number: number): string =>
	dataLine({ from: isOwn ? "me" : sender, at, text: body }, number);

/** Messages as they are numbered for a model, from 1. */
export const messageLines = (messages: readonly WireAssistantMessage[]): readonly string[] =>
	messages.map((message, index) => messageLine(message, index + 1));

/** What a number costs more when there are many: costs are counted before the numbers are known. */
export const costsOf = (synthesizer: Synthesizer, messages: readonly WireAssistantMessage[]): readonly number[] =>
	messages.map((message) => synthesizer.costOf(messageLine(message, 1000)));
