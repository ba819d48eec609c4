import { type CommandName, commandsFor } from "../../shared/commands/command-table.ts";
import { parseLine } from "../../shared/commands/parse-command.ts";
import type { Command, WireCommandResult } from "../../shared/wire/commands.ts";
import { beginRun } from "../assistant/follow-run.ts";
import { ownLanguage } from "../assistant/own-language.ts";
import { failureOf } from "../trpc/errors.ts";
import { api } from "../trpc/trpc.ts";
import { addEntry, answerEntry, onStopEntry, type Proposal, transcript } from "./transcript.ts";

/** Who says it, and what the page does by itself. */
export interface Speaker {
	readonly isOwner: boolean;
	/** Asks what is to be sent to whoever runs the server. */
	onContact(message: string): void;
}

/** Takes a line of the chat with the server: a command, or a question about how something is done. */
export function sayLine(line: string, speaker: Speaker): void {
	const parsed = parseLine(line, speaker);
	switch (parsed.kind) {
		case "empty":
			break;
		case "command":
			carryOut(line.trim(), parsed.command, speaker);
			break;
		case "words":
			void (speaker.isOwner ? interpret : askDocuments)(addEntry(parsed.text), parsed.text);
			break;
		default:
			addEntry(line.trim(), { kind: "fault", fault: parsed });
	}
}

function carryOut(said: string, command: Command, speaker: Speaker): void {
	switch (command.name) {
		case "help":
			addEntry(said, { kind: "help", names: namesAbout(command.topic, speaker.isOwner) });
			break;
		case "ask":
			void askDocuments(addEntry(said), command.question);
			break;
		case "contact":
			speaker.onContact(command.message ?? "");
			break;
		default:
			void settle(addEntry(said), () => api.console.run.mutate({ command }));
	}
}

/** All commands, or those that a word is about. */
function namesAbout(topic: string | undefined, isOwner: boolean): readonly CommandName[] {
	const wanted = topic?.toLowerCase().replace(/^\//, "").trim() ?? "";
	const specs = commandsFor(isOwner);
	const about = specs.filter(({ words }) => words.join(" ").startsWith(wanted) || words.includes(wanted));
	return (about.length > 0 ? about : specs).map(({ name }) => name);
}

/** Puts down what a call answers, or why it does not. */
async function settle(id: number, call: () => Promise<WireCommandResult>): Promise<void> {
	try {
		const result = await call();
		answerEntry(
			id,
			result.kind === "proposal" ? { kind: "proposal", proposal: result, state: "open" } : { kind: "result", result },
		);
	} catch (error) {
		answerEntry(id, { kind: "failed", code: failureOf(error).code });
	}
}

/** The person wants what was proposed. */
export async function confirmEntry(id: number): Promise<void> {
	const proposal = openProposal(id);
	if (proposal === undefined) return;
	answerEntry(id, { kind: "proposal", proposal, state: "confirming" });
	const { proposalId, command } = proposal;
	await settle(id, () => api.console.confirm.mutate({ proposalId, command }));
}

/** The person does not want it. */
export function dropEntry(id: number): void {
	const proposal = openProposal(id);
	if (proposal !== undefined) answerEntry(id, { kind: "proposal", proposal, state: "dropped" });
}

function openProposal(id: number): Proposal | undefined {
	const answer = transcript.get().find((entry) => entry.id === id)?.answer;
	return answer?.kind === "proposal" && answer.state === "open" ? answer.proposal : undefined;
}

/** Asks the assistant about Kith's documents; where it is not there, looks for the words of the question. */
async function askDocuments(id: number, question: string): Promise<void> {
	if (!(await isAssistantThere())) return lookUp(id, question);
	const input = { kind: "support", language: ownLanguage(), question } as const;
	const run = beginRun(input, (state) => answerEntry(id, { kind: "asked", question, run: state }));
	onStopEntry(id, () => run.stop());
}

/** Asks the assistant which command the owner's words mean. Nothing of others is read, and nothing is carried out. */
async function interpret(id: number, words: string): Promise<void> {
	if (!(await isAssistantThere())) return lookUp(id, words);
	const input = { kind: "command", language: ownLanguage(), words } as const;
	const run = beginRun(input, (state) => answerEntry(id, { kind: "meant", words, run: state }));
	onStopEntry(id, () => run.stop());
}

async function isAssistantThere(): Promise<boolean> {
	const status = await api.assistant.status.query().catch(() => undefined);
	return status?.state === "ready" || status?.state === "busy";
}

async function lookUp(id: number, question: string): Promise<void> {
	try {
		const { items } = await api.assistant.lookUp.mutate({ question });
		answerEntry(id, { kind: "found", question, sources: items });
	} catch (error) {
		answerEntry(id, { kind: "failed", code: failureOf(error).code });
	}
}
