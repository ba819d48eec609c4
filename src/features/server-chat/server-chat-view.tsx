import { Bot, ChevronLeft, Eraser } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { AnswerActions } from "./answer-actions.ts";
import { AnswerView } from "./answer-view.tsx";
import { type CommandFieldProps, CommandFieldView } from "./command-field-view.tsx";
import type { ShownEntry } from "./shown-entry.ts";

export interface ServerChatProps {
	readonly serverName: string;
	readonly back: { readonly href: string; readonly label: string };
	readonly entries: readonly ShownEntry[];
	readonly lead: string;
	/** Offered while nothing was said. */
	readonly tries: readonly string[];
	readonly field: CommandFieldProps;
	readonly actions: AnswerActions;
	readonly onClear: () => void;
	readonly dialog: ReactNode;
}

/** The chat with the server: what was said and what came of it, and the field. */
export function ServerChatView(props: ServerChatProps) {
	const { serverName, back, entries, field, actions } = props;
	const input = useRef<HTMLInputElement>(null);
	const end = useRef<HTMLDivElement>(null);
	const newest = entries.at(-1);
	useEffect(() => {
		// What is drawn anew is followed to its end.
		if (newest !== undefined) end.current?.scrollIntoView({ block: "end" });
	}, [newest]);
	const onFill = (line: string) => {
		actions.onFill(line);
		input.current?.focus();
	};
	return (
		<main className="pane console" aria-label={text("console.title")}>
			<header className="bar">
				<Link className="back" href={back.href} aria-label={back.label}>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<span className="console-face">
					<Icon of={Bot} size={18} />
				</span>
				<div className="bar-title">
					<h1>{text("console.title")}</h1>
					<p>{serverName}</p>
				</div>
				{entries.length > 0 && <IconButton icon={Eraser} label={text("console.clear")} onClick={props.onClear} />}
			</header>
			<div className="pane-scroll">
				<div className="console-in" role="log" aria-label={text("console.log")} aria-live="polite">
					{/* What fits a begun line lies over it. */}
					{entries.length === 0 && field.line === "" && <Start {...props} onFill={onFill} />}
					{entries.map(({ id, said, answer }) => (
						<article key={id} className="console-entry">
							<p className="console-said" dir="auto">
								<span className="visually-hidden">{`${text("console.you")}: `}</span>
								{said}
							</p>
							<div className="console-answer">
								<AnswerView {...actions} onFill={onFill} id={id} answer={answer} />
							</div>
						</article>
					))}
					<div ref={end} />
				</div>
			</div>
			<div className="console-bottom">
				<CommandFieldView {...field} field={input} />
			</div>
			{props.dialog}
		</main>
	);
}

function Start({ lead, tries, actions, onFill }: ServerChatProps & { readonly onFill: (line: string) => void }) {
	return (
		<div className="console-start">
			<span className="glyph">
				<Icon of={Bot} size={24} />
			</span>
			<p>{lead}</p>
			<ul aria-label={text("console.try")}>
				{tries.map((line) => (
					<li key={line}>
						<button
							type="button"
							className="filter"
							onClick={() => (line.endsWith(" ") ? onFill(line) : actions.onSay(line))}
						>
							{line.trim()}
						</button>
					</li>
				))}
			</ul>
		</div>
	);
}
