import { AlarmClock, CircleHelp } from "lucide-react";
import Link from "next/link";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";
import type { AnswerLine, CiteSnapshot } from "./answer-line-snapshot.ts";

interface LineActions {
	/** Absent: there is nothing to be reminded of. */
	readonly onRemind?: (line: AnswerLine) => void;

	/** A message is asked for that the conversation shows already. */
	readonly onShowAgain?: (eventId: string) => void;
}

/** One line of an answer: plain words, and the messages behind them. */
export function AnswerLineView({ line, onRemind, ...on }: { readonly line: AnswerLine } & LineActions) {
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
				<Cite key={cite.eventId} cite={cite} {...on} />
			))}
			{line.canRemind && onRemind !== undefined && (
				<button type="button" className="text-button line-remind" onClick={() => onRemind(line)}>
					<Icon of={AlarmClock} size={14} />
					{text("answer.remind")}
				</button>
			)}
		</li>
	);
}

function Cite({ cite, onShowAgain }: { readonly cite: CiteSnapshot } & Pick<LineActions, "onShowAgain">) {
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
				onShowAgain?.(cite.eventId);
			}}
		>
			{cite.number}
		</Link>
	);
}
