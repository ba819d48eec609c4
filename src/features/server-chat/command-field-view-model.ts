import { useState } from "react";
import { transcript } from "../../client/console/transcript.ts";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { commandsFor, typedName } from "../../shared/commands/command-table.ts";
import { type Completion, completeLine, parameterAt } from "../../shared/commands/complete-command.ts";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { CommandFieldProps } from "./command-field-view.tsx";
import { knownValues } from "./known-values.ts";
import { usageOf } from "./show-fault.ts";

/** The field of the chat: what is typed, what it may become, and what was said before. */
export function useCommandField(isOwner: boolean, onSay: (line: string) => void): CommandFieldProps & Filling {
	const [line, setLine] = useState("");
	const [active, setActive] = useState(-1);
	const [isClosed, setClosed] = useState(false);
	const entries = useObservable(transcript, (all) => all);
	const offered = isClosed ? [] : completeLine(line, { isOwner, known: knownValues(entries) });
	const become = (next: string): void => {
		setLine(next);
		setActive(-1);
		setClosed(false);
	};
	return {
		line,
		active: Math.min(active, offered.length - 1),
		suggestions: offered.map((one) => ({ line: one.line, label: one.label, detail: detailOf(one) })),
		hint: hintOf(line, isOwner),
		onLine: become,
		onMove: (step) => setActive(stepped(active, step, offered.length)),
		onClose: () => setClosed(true),
		onPick: become,
		onRecall: () => {
			const last = entries.at(-1)?.said;
			if (last !== undefined) setLine(last);
			setClosed(true);
		},
		onSubmit: () => {
			if (line.trim() === "") return;
			onSay(line);
			become("");
		},
		fill: become,
	};
}

interface Filling {
	/** Puts a line into the field. */
	fill(line: string): void;
}

/** From none to the first or last, and around. */
function stepped(active: number, step: number, count: number): number {
	if (count === 0) return -1;
	if (active < 0) return step > 0 ? 0 : count - 1;
	return (active + step + count) % count;
}

function detailOf({ detail, spec }: Completion): string {
	return detail === undefined || detail === "" ? text(`command.${spec.name}`) : detail;
}

/** How the command goes that is being typed, once it is written out, and what comes next. */
function hintOf(line: string, isOwner: boolean): CommandFieldProps["hint"] {
	const typed = line.toLowerCase().trimStart().replaceAll(/\s+/g, " ");
	const spec = commandsFor(isOwner).find((one) => `${typed} `.startsWith(`${typedName(one)} `));
	if (spec === undefined) return undefined;
	const parameter = typed.length > typedName(spec).length ? parameterAt(line, spec) : undefined;
	const words = parameter === undefined ? text(`command.${spec.name}`) : text(`parameterHint.${parameter.name}`);
	return { usage: usageOf(spec), words };
}
