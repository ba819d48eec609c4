import { type CommandSpec, commandsFor, type ParameterName, type ParameterSpec, typedName } from "./command-table.ts";
import { quoted, splitWords } from "./split-words.ts";

/** A way to go on with what was typed. */
export interface Completion {
	/** The line once it is taken. */
	readonly line: string;
	/** What is shown of it. */
	readonly label: string;
	/** The command that it is, or that is being typed. */
	readonly spec: CommandSpec;
	/** What is said beside it: of a value, whose it is. */
	readonly detail: string | undefined;
}

/** Something that was seen and can be named again. */
export interface KnownValue {
	readonly value: string;
	readonly detail: string;
}

export type KnownValues = Partial<Readonly<Record<ParameterName, readonly KnownValue[]>>>;

const mostShown = 8;

/** What a line that begins with a slash may become. Nothing for other lines. */
export const completeLine = (
	line: string,
	{ isOwner, known }: { readonly isOwner: boolean; readonly known: KnownValues },
): readonly Completion[] => {
	if (!line.startsWith("/")) return [];
	const typed = line.slice(1).toLowerCase().trimStart().replaceAll(/\s+/g, " ");
	const specs = commandsFor(isOwner);
	const written = specs.find((spec) => typed.startsWith(`${spec.words.join(" ")} `));
	if (written !== undefined) return values(line, written, known).slice(0, mostShown);
	return specs
		.filter((spec) => begins(spec, typed))
		.map((spec) => {
			const name = typedName(spec);
			const line = spec.parameters.length === 0 ? name : `${name} `;
			return { line, label: name, spec, detail: undefined };
		});
};

/** By its beginning, or by that of its second word. */
const begins = ({ words }: CommandSpec, typed: string): boolean =>
	words.join(" ").startsWith(typed) || (typed !== "" && (words[1]?.startsWith(typed) ?? false));

/** The parameter that is being typed, of a command that is written out; undefined: it has all. */
export const parameterAt = (line: string, spec: CommandSpec): ParameterSpec | undefined => {
	const split = splitWords(line.slice(1));
	if (split.kind === "open-quote") return undefined;
	const given = split.words.length - spec.words.length;
	const isBetween = /\s$/.test(line);
	const place = isBetween ? given : given - 1;
	return spec.parameters[Math.max(0, place)];
};

const values = (line: string, spec: CommandSpec, known: KnownValues): readonly Completion[] => {
	const parameter = parameterAt(line, spec);
	if (parameter === undefined || parameter.kind === "rest" || parameter.kind === "count") return [];
	const begun = /\s$/.test(line) ? "" : (/\S+$/.exec(line)?.[0] ?? "");
	const before = line.slice(0, line.length - begun.length);
	const choices = parameter.choices?.map((value) => ({ value, detail: "" })) ?? known[parameter.name] ?? [];
	const wanted = begun.toLowerCase();
	return choices
		.filter(({ value, detail }) => value !== begun && [value, detail].some((text) => has(text, wanted)))
		.map(({ value, detail }) => ({ line: `${before}${quoted(value)}`, label: value, spec, detail }));
};

/** Ids are found without what they begin with. */
const has = (text: string, wanted: string): boolean => {
	const plain = text.toLowerCase();
	return plain.startsWith(wanted) || plain.replace(/^[@!]/, "").startsWith(wanted);
};
