import type { Command } from "../wire/commands.ts";
import { type CommandName, type CommandSpec, commandsFor, type ParameterSpec } from "./command-table.ts";
import { slipOf, wordDistance } from "./near-words.ts";
import { type LineWord, splitWords } from "./split-words.ts";

/** What a line of the chat says. */
export type ParsedLine =
	| { readonly kind: "command"; readonly command: Command }
	/** No slash: words for the assistant. */
	| { readonly kind: "words"; readonly text: string }
	| { readonly kind: "empty" }
	| LineFault;

/** Why a line is no command that can be run. */
export type LineFault =
	/** There is no such command: what may have been meant, the likeliest first. */
	| { readonly kind: "unknown"; readonly typed: string; readonly near: readonly CommandName[] }
	| { readonly kind: "missing"; readonly name: CommandName; readonly parameter: ParameterSpec }
	/** What was given does not fit, such as letters for a count. */
	| { readonly kind: "unfit"; readonly name: CommandName; readonly parameter: ParameterSpec; readonly given: string }
	| { readonly kind: "surplus"; readonly name: CommandName; readonly given: string }
	| { readonly kind: "open-quote" };

/** Reads a line as somebody typed it. Letters of commands may be small or capital. */
export const parseLine = (line: string, { isOwner }: { readonly isOwner: boolean }): ParsedLine => {
	const trimmed = line.trim();
	if (trimmed === "" || trimmed === "/") return { kind: "empty" };
	if (!trimmed.startsWith("/")) return { kind: "words", text: trimmed };
	const rest = trimmed.slice(1);
	const split = splitWords(rest);
	// An open quotation mark within what is taken whole, as a message, is a mark like any other.
	const words = split.kind === "words" ? split.words : plainWords(rest);
	const found = findSpec(words, isOwner);
	if (found === undefined) return { kind: "unknown", typed: typedHead(words), near: nearCommands(words, isOwner) };
	const { spec, used } = found;
	const takesRest = spec.parameters[0]?.kind === "rest";
	if (split.kind === "open-quote" && !takesRest) return { kind: "open-quote" };
	return readParameters(spec, { words: words.slice(used), line: rest });
};

const plainWords = (line: string): readonly LineWord[] =>
	[...line.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
		...{ text, isQuoted: false, start: index },
		end: index + text.length,
	}));

const lower = (word: LineWord | undefined): string => (word?.isQuoted === false ? word.text.toLowerCase() : "");

const findSpec = (
	words: readonly LineWord[],
	isOwner: boolean,
): { readonly spec: CommandSpec; readonly used: number } | undefined => {
	const [first, second] = [lower(words[0]), lower(words[1])];
	const specs = commandsFor(isOwner);
	const whole = specs.find((spec) => spec.words[0] === first && (spec.words[1] ?? second) === second);
	if (whole !== undefined) return { spec: whole, used: whole.words.length };
	const bare = words.length === 1 ? specs.find((spec) => spec.isDefault && spec.words[0] === first) : undefined;
	return bare === undefined ? undefined : { spec: bare, used: 1 };
};

const typedHead = (words: readonly LineWord[]): string =>
	`/${words
		.slice(0, 2)
		.map(({ text }) => text)
		.join(" ")}`;

const mostNear = 4;

/** Commands that somebody may have meant: by both words, by either, or all of the group that the first one names. */
const nearCommands = (words: readonly LineWord[], isOwner: boolean): readonly CommandName[] => {
	const [first, second] = [lower(words[0]), lower(words[1])];
	if (first === "") return [];
	const rated = commandsFor(isOwner).flatMap(({ name, words: [group, verb] }) => {
		const ofGroup = near(first, group);
		if (verb === undefined) return ofGroup === undefined ? [] : [{ name, distance: ofGroup }];
		const ofVerb = second === "" ? undefined : near(second, verb);
		// `/suspend ann`: the second word of a command alone.
		const ofFirst = near(first, verb);
		const inGroup = ofGroup === undefined ? [] : [ofGroup + (ofVerb ?? 4)];
		const distances = [...inGroup, ...(ofFirst === undefined ? [] : [ofFirst + 1])];
		return distances.length === 0 ? [] : [{ name, distance: Math.min(...distances) }];
	});
	return rated
		.sort((one, other) => one.distance - other.distance)
		.slice(0, mostNear)
		.map(({ name }) => name);
};

const near = (typed: string, word: string): number | undefined => {
	const slip = slipOf(word);
	if (Math.abs(typed.length - word.length) <= slip) {
		const distance = wordDistance(typed, word);
		if (distance <= slip) return distance;
	}
	return typed.length >= 3 && word.startsWith(typed) ? 1 : undefined;
};

interface Given {
	readonly words: readonly LineWord[];
	readonly line: string;
}

const readParameters = (spec: CommandSpec, { words, line }: Given): ParsedLine => {
	const { name } = spec;
	const values: Record<string, string | number> = {};
	let place = 0;
	for (const parameter of spec.parameters) {
		const word = words[place];
		if (word === undefined) {
			if (parameter.isOptional) continue;
			return { kind: "missing", name, parameter };
		}
		const given = parameter.kind === "rest" ? restOf(words, place, line) : word.text;
		place = parameter.kind === "rest" ? words.length : place + 1;
		const value = readValue(parameter, given);
		if (value === undefined) return { kind: "unfit", name, parameter, given };
		values[parameter.name] = value;
	}
	const more = words[place];
	if (more !== undefined) return { kind: "surplus", name, given: more.text };
	// What the table asks for is what the schema of the command asks for: a test reads all of them by it.
	return { kind: "command", command: { name, ...values } as Command };
};

const restOf = (words: readonly LineWord[], place: number, line: string): string => {
	const first = words[place];
	const last = words.at(-1);
	if (first === undefined || last === undefined) return "";
	return first === last ? first.text : line.slice(first.start, last.end);
};

const readValue = (
	{ kind, least = 1, most = 1, choices = [] }: ParameterSpec,
	given: string,
): string | number | undefined => {
	if (given.trim() === "") return undefined;
	if (kind === "choice") return choices.find((choice) => choice === given.toLowerCase());
	if (kind !== "count") return given;
	const count = /^\d{1,6}$/.test(given) ? Number(given) : 0;
	return count >= least && count <= most ? count : undefined;
};
