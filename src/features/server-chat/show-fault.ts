import {
	type CommandName,
	type CommandSpec,
	type ParameterName,
	specOf,
	typedName,
} from "../../shared/commands/command-table.ts";
import type { LineFault } from "../../shared/commands/parse-command.ts";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";

/** Why a line was no command, and what may have been meant. */
export interface ShownFault {
	readonly kind: "fault";
	readonly words: string;
	/** How the command goes. */
	readonly usage: string | undefined;
	readonly near: readonly { readonly name: CommandName; readonly line: string; readonly label: string }[];
}

export function showFault(fault: LineFault): ShownFault {
	const near = fault.kind === "unknown" ? fault.near.map(nearLine) : [];
	const usage = "name" in fault ? usageOf(specOf(fault.name)) : undefined;
	return { kind: "fault", words: wordsOf(fault), usage, near };
}

function nearLine(name: CommandName): ShownFault["near"][number] {
	const label = typedName(specOf(name));
	return { name, label, line: specOf(name).parameters.length === 0 ? label : `${label} ` };
}

function wordsOf(fault: LineFault): string {
	switch (fault.kind) {
		case "unknown":
			return text("fault.unknown", { typed: fault.typed });
		case "missing":
			return text("fault.missing", { parameter: capital(parameterText(fault.parameter.name)) });
		case "unfit":
			return text("fault.unfit", { given: fault.given });
		case "surplus":
			return text("fault.surplus", { given: fault.given });
		case "open-quote":
			return text("fault.open-quote");
	}
}

/** A command with the names of what it is given; in brackets what may be left out. */
export function usageOf(spec: CommandSpec): string {
	const given = spec.parameters.map(({ name, isOptional }) =>
		isOptional === true ? `[${parameterText(name)}]` : `‹${parameterText(name)}›`,
	);
	return [typedName(spec), ...given].join(" ");
}

function parameterText(name: ParameterName): string {
	return text(`parameter.${name}`);
}

function capital(words: string): string {
	return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}
