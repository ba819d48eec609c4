import type { Command } from "../wire/commands.ts";
import { specOf, typedName } from "./command-table.ts";
import { quoted } from "./split-words.ts";

/** A command as somebody would type it: read again it is the same one. */
export const formatCommand = (command: Command): string => {
	const spec = specOf(command.name);
	const values = new Map<string, unknown>(Object.entries(command));
	const given = spec.parameters.flatMap(({ name, kind }) => {
		const value = values.get(name);
		if (value === undefined) return [];
		return [kind === "rest" ? asRest(String(value)) : quoted(String(value))];
	});
	return [typedName(spec), ...given].join(" ");
};

/** Several words are taken as they are, unless they begin as if they were quoted, or their spaces would be lost. */
const asRest = (text: string): string => (/^[^\s"“„]/.test(text) && text === text.trim() ? text : quoted(text));
