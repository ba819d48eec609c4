import { CircleHelp, X } from "lucide-react";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { text } from "../../shared/text/text.ts";
import type { AnswerLine, AnswerSnapshot, CiteSnapshot } from "./answer-snapshot.ts";

export interface AnswerProps {
	readonly answer: AnswerSnapshot;
	readonly onRetry: () => void;
	readonly onRemove: () => void;
	/** A message is asked for that the conversation shows already. */
	readonly onShowAgain: (eventId: string) => void;
}

/** What the assistant said: plain words, each line with the messages that it rests on. */
export function AnswerView({ answer, onRetry, onRemove, onShowAgain }: AnswerProps) {
	const box = useRef<HTMLElement>(null);
	useEffect(() => {
		box.current?.scrollIntoView({ block: "nearest" });
		// The button that asked for it is gone.
		if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
	}, []);
	const { question } = answer;
	return (
		<section className="answer" aria-label={question ?? text("answer.summary")} tabIndex={-1} ref={box}>
			<div className="answer-head">
				<div className="answer-given">
					{question !== undefined && <h2 dir="auto">{question}</h2>}
					<p>{answer.given}</p>
					<p>{answer.span}</p>
				</div>
				{!answer.isRunning && <IconButton icon={X} label={text("answer.remove")} onClick={onRemove} />}
			</div>
			<div aria-live="polite" aria-busy={answer.isRunning}>
				{answer.sections.map(({ key, heading, lines }) => (
					<div key={key}>
						{heading !== undefined && <h2>{heading}</h2>}
						<ul>
							{lines.map((line) => (
								<Line key={line.key} line={line} onShowAgain={onShowAgain} />
							))}
						</ul>
					</div>
				))}
				{answer.notes.map((note) => (
					<p className="answer-note" key={note}>
						{note}
					</p>
				))}
			</div>
			<FormError message={answer.problem} />
			{answer.problem !== undefined && (
				<Button look="second" size="small" onClick={onRetry}>
					{text("common.retry")}
				</Button>
			)}
		</section>
	);
}

function Line({ line, onShowAgain }: { readonly line: AnswerLine } & Pick<AnswerProps, "onShowAgain">) {
	if (line.cites.length === 0) {
		return (
			<li className="no-source" dir="auto">
				{line.words}
				<span>
					<Icon of={CircleHelp} size={14} />
					{text("answer.uncited")}
				</span>
			</li>
		);
	}
	return (
		<li dir="auto">
			{line.words}{" "}
			{line.cites.map((cite) => (
				<Cite key={cite.eventId} cite={cite} onShowAgain={onShowAgain} />
			))}
		</li>
	);
}

function Cite({ cite, onShowAgain }: { readonly cite: CiteSnapshot } & Pick<AnswerProps, "onShowAgain">) {
	return (
		<Link
			className={classNames("cite", cite.isShown && "is-on")}
			href={cite.href}
			shallow
			scroll={false}
			aria-label={cite.label}
			title={cite.label}
			aria-current={cite.isShown}
			onClick={(event) => {
				if (!cite.isShown) return;
				event.preventDefault();
				onShowAgain(cite.eventId);
			}}
		>
			{cite.number}
		</Link>
	);
}
