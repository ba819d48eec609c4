import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { text } from "../../shared/text/text.ts";
import type { AnswerLine } from "./answer-line-snapshot.ts";
import { AnswerLineView } from "./answer-line-view.tsx";
import type { AnswerSnapshot } from "./answer-snapshot.ts";

export interface AnswerProps {
	readonly answer: AnswerSnapshot;
	readonly onRetry: () => void;
	readonly onRemove: () => void;
	/** A message is asked for that the conversation shows already. */
	readonly onShowAgain: (eventId: string) => void;
	/** A line is something to be reminded of. */
	readonly onRemind: (line: AnswerLine) => void;
}

/** What the assistant said: plain words, each line with the messages that it rests on. */
export function AnswerView({ answer, onRetry, onRemove, onShowAgain, onRemind }: AnswerProps) {
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
								<AnswerLineView key={line.key} line={line} onShowAgain={onShowAgain} onRemind={onRemind} />
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
