import * as z from "zod";
import {
	type CommandSpec,
	commandTable,
	type ParameterSpec,
	typedName,
} from "../../../shared/commands/command-table.ts";
import { formatCommand } from "../../../shared/commands/format-command.ts";
import { parseLine } from "../../../shared/commands/parse-command.ts";
import { quoted } from "../../../shared/commands/split-words.ts";
import "../../../shared/text/en/console.ts";
import type { RunContext, RunSteps } from "../../../shared/assistant/features/run-context.ts";
import { dataLine } from "../../../shared/assistant/prompts/data-block.ts";
import { RunFailed } from "../../../shared/assistant/run-failed.ts";
import { text } from "../../../shared/text/text.ts";
import { commandPrompt } from "../prompts/command.ts";

const mostTokens = 120;
const longestAnswer = 4_000;

/** What the page does by itself is not chosen: a question is asked, not interpreted. */
const choices: readonly CommandSpec[] = commandTable.filter(({ where }) => where === "server");

const plainName = (spec: CommandSpec): string => typedName(spec).slice(1);

const schema = {
	type: "object",
	properties: {
		command: { type: "string", enum: [...choices.map(plainName), "none"] },
		arguments: { type: "array", maxItems: 2, items: { type: "string" } },
	},
	required: ["command", "arguments"],
};
const written = z.object({ command: z.string(), arguments: z.array(z.unknown()).max(20).default([]) });

/**
 * Finds the command that somebody's own words ask for. Nobody else's words are read, and nothing is carried out: the line is
 * shown to its person, who takes it or not.
 */
export async function* chooseCommand({ input, synthesizer, boundary, begin }: RunContext<"command">): RunSteps {
	const words = { system: commandPrompt.system(input.language), question: commandPrompt.question(input) };
	const lines = choices.map((spec, index) =>
		dataLine({ from: plainName(spec), at: undefined, text: explained(spec) }, index + 1),
	);
	const cost = lines.reduce((sum, line) => sum + synthesizer.costOf(line), 0);
	if (cost > synthesizer.roomBeside({ ...words, mostTokens })) throw new RunFailed("too-long");
	yield begin([], 0);
	let answer = "";
	for await (const piece of synthesizer.synthesize({ ...words, lines, boundary, schema, mostTokens })) {
		answer += piece;
		if (answer.length > longestAnswer) throw new RunFailed("bad-answer", { detail: "an answer without end" });
	}
	const line = lineOf(readChoice(answer), input.words);
	if (line === undefined) return { isKnown: false };
	yield { kind: "command", line };
	return { isKnown: true };
}

const explained = (spec: CommandSpec): string => {
	const given = spec.parameters.map(({ name }) => text(`parameter.${name}`));
	return `${text(`command.${spec.name}`)}. Arguments: ${given.length === 0 ? "none" : given.join(", then ")}.`;
};

const readChoice = (answer: string): z.infer<typeof written> => {
	try {
		return written.parse(JSON.parse(answer));
	} catch {
		throw new RunFailed("bad-answer", { detail: "not the form that was asked for" });
	}
};

/** The choice as a line that can be run; undefined where it is none, or names what the person did not. */
const lineOf = (choice: z.infer<typeof written>, words: string): string | undefined => {
	const spec = choices.find((one) => plainName(one) === choice.command);
	if (spec === undefined) return undefined;
	const values: string[] = [];
	for (const [index, parameter] of spec.parameters.entries()) {
		const value = saidValue(parameter, choice.arguments[index], words);
		// What stands behind it would take its place.
		if (value === undefined) break;
		values.push(value);
	}
	const parsed = parseLine([typedName(spec), ...values.map(quoted)].join(" "), { isOwner: true });
	return parsed.kind === "command" ? formatCommand(parsed.command) : undefined;
};

/** A value that the person said themselves: a model that makes up a name or an id is not believed. Counts may be words. */
const saidValue = ({ kind }: ParameterSpec, given: unknown, words: string): string | undefined => {
	const value = typeof given === "string" || typeof given === "number" ? String(given).trim() : "";
	if (value === "") return undefined;
	if (kind === "count" || kind === "choice") return value;
	const said = words.toLowerCase();
	if (said.includes(value.toLowerCase())) return value;
	const username = /^@?([^:@\s]+)(:.*)?$/.exec(value)?.[1];
	return username !== undefined && isWordOf(said, username.toLowerCase()) ? username : undefined;
};

const isWordOf = (said: string, word: string): boolean => said.split(/[\s,;:!?"“”()]+|\.(?=\s|$)/).includes(word);
