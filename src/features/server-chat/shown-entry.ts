import type { RunProblem, RunState } from "../../client/assistant/run-state.ts";
import type { ConsoleEntry } from "../../client/console/transcript.ts";
import { type CommandName, specOf, typedName } from "../../shared/commands/command-table.ts";
import { formatCommand } from "../../shared/commands/format-command.ts";
import { parseLine } from "../../shared/commands/parse-command.ts";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/console.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import type { WireDocSource } from "../../shared/wire/assistant.ts";
import { type ShownFault, showFault, usageOf } from "./show-fault.ts";
import { type ShownProposal, showProposal } from "./show-proposal.ts";
import { showResult } from "./show-result.ts";
import type { ShowContext, ShownResult } from "./shown-result.ts";

/** What was said, and what came of it. */
export interface ShownEntry {
	readonly id: number;
	readonly said: string;
	readonly answer: ShownAnswer;
}

export type ShownAnswer =
	| { readonly kind: "waiting" }
	| { readonly kind: "result"; readonly result: ShownResult }
	| { readonly kind: "proposal"; readonly proposal: ShownProposal }
	| { readonly kind: "problem"; readonly words: string }
	| ShownFault
	| { readonly kind: "help"; readonly commands: readonly ShownCommand[] }
	| ShownSupport
	| ShownMeaning
	| {
			readonly kind: "found";
			readonly words: string;
			readonly sources: readonly WireDocSource[];
			readonly draft: string;
	  }
	| { readonly kind: "sent"; readonly words: string; readonly roomId: string };

export interface ShownCommand {
	readonly name: CommandName;
	/** Put into the field by a press. */
	readonly line: string;
	readonly usage: string;
	readonly words: string;
}

/** The command that words may mean. */
export interface ShownMeaning {
	readonly kind: "meaning";
	readonly progress: string | undefined;
	/** Absent: none, or none yet. */
	readonly line: string | undefined;
	/** What the command does. */
	readonly words: string | undefined;
	readonly note: string | undefined;
	readonly problem: string | undefined;
	/** Asks the help instead. */
	readonly askLine: string;
}

/** What the assistant says about Kith's documents. */
export interface ShownSupport {
	readonly kind: "support";
	/** How far it is; absent: it is over. */
	readonly progress: string | undefined;
	readonly lines: readonly { readonly key: string; readonly words: string; readonly sources: readonly ShownSource[] }[];
	readonly note: string | undefined;
	readonly problem: string | undefined;
	/** What whoever runs the server would be written. */
	readonly draft: string;
}

export interface ShownSource extends WireDocSource {
	readonly number: number;
}

export function showEntry({ id, said, answer }: ConsoleEntry, context: ShowContext): ShownEntry {
	return { id, said, answer: showAnswer(answer, context) };
}

function showAnswer(answer: ConsoleEntry["answer"], context: ShowContext): ShownAnswer {
	switch (answer.kind) {
		case "waiting":
			return answer;
		case "result":
			return { kind: "result", result: showResult(answer.result, context) };
		case "proposal":
			return { kind: "proposal", proposal: showProposal(answer.proposal, answer.state) };
		case "failed":
			return { kind: "problem", words: failureText(answer.code) };
		case "fault":
			return showFault(answer.fault);
		case "help":
			return { kind: "help", commands: answer.names.map(showCommand) };
		case "asked":
			return showSupport(answer.question, answer.run);
		case "meant":
			return showMeaning(answer.words, answer.run);
		case "found": {
			const words = text(answer.sources.length === 0 ? "support.foundNone" : "support.found");
			return { kind: "found", words, sources: answer.sources, draft: text("contact.asked", answer) };
		}
		case "sent":
			return { kind: "sent", words: text("contact.sent", { name: answer.name }), roomId: answer.roomId };
	}
}

/** A command as the help lists it. */
function showCommand(name: CommandName): ShownCommand {
	const spec = specOf(name);
	const line = spec.parameters.length === 0 ? typedName(spec) : `${typedName(spec)} `;
	return { name, line, usage: usageOf(spec), words: text(`command.${name}`) };
}

function showMeaning(words: string, { phase, command }: RunState): ShownMeaning {
	const parsed = command === undefined ? undefined : parseLine(command, { isOwner: true });
	const name = parsed?.kind === "command" ? parsed.command.name : undefined;
	const isUnknown = phase.kind === "done" && name === undefined;
	return {
		kind: "meaning",
		progress: progressOf(phase, text("meaning.looking")),
		line: phase.kind === "done" && name !== undefined ? command : undefined,
		words: name && text(`command.${name}`),
		note: isUnknown ? text("meaning.unknown") : phase.kind === "stopped" ? text("run.stopped") : undefined,
		problem: phase.kind === "failed" ? problemText(phase.why) : undefined,
		askLine: formatCommand({ name: "ask", question: words }),
	};
}

function showSupport(question: string, { phase, lines }: RunState): ShownSupport {
	const numbers = new Map<string, number>();
	const numberOf = ({ document, heading }: WireDocSource): number => {
		const key = `${document}\n${heading}`;
		if (!numbers.has(key)) numbers.set(key, numbers.size + 1);
		return numbers.get(key) ?? 0;
	};
	const isUnknown = phase.kind === "done" && !phase.isKnown;
	const answer = lines.map((line) => line.text).join(" ");
	const asked = text("contact.asked", { question });
	return {
		kind: "support",
		progress: progressOf(phase, text("support.reading")),
		lines: lines.map(({ text: words, sources = [] }, index) => ({
			key: `line-${index}`,
			words,
			sources: sources.map((source) => ({ ...source, number: numberOf(source) })),
		})),
		note: isUnknown ? text("support.unknown") : phase.kind === "stopped" ? text("run.stopped") : undefined,
		problem: phase.kind === "failed" ? problemText(phase.why) : undefined,
		draft: answer === "" ? asked : `${asked}\n${text("contact.answered", { answer })}`,
	};
}

function progressOf(phase: RunState["phase"], reading: string): string | undefined {
	switch (phase.kind) {
		case "starting":
			return text("run.starting");
		case "queued":
			return text("run.queued", { position: phase.position });
		case "reading":
		case "parts":
			return reading;
		default:
			return undefined;
	}
}

function problemText(why: RunProblem): string {
	if (why.kind === "lost") return text("noAnswer.lost");
	return why.kind === "call" ? failureText(why.code) : text(`noAnswer.${why.reason}`);
}
