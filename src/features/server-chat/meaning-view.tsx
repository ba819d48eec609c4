import { BookOpen, Cpu } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { OneAnswerActions } from "./answer-actions.ts";
import { RunLineView } from "./run-line-view.tsx";
import type { ShownMeaning } from "./shown-entry.ts";

interface MeaningProps extends OneAnswerActions {
	readonly meaning: ShownMeaning;
}

/** The command that words may mean: shown first, and run when its person says so. */
export function MeaningView({ id, meaning, host, onSay, onFill, onStop }: MeaningProps) {
	const { progress, line, words, note, problem, askLine } = meaning;
	if (progress !== undefined) return <RunLineView progress={progress} onStop={() => onStop(id)} />;
	return (
		<>
			{line !== undefined && (
				<section className="console-meaning" aria-label={text("meaning.title")}>
					<p>{text("meaning.lead")}</p>
					<p>
						<code>{line}</code>
					</p>
					<p className="console-note">{words}</p>
					<div className="console-actions">
						<Button size="small" onClick={() => onSay(line)}>
							{text("meaning.run")}
						</Button>
						<Button look="second" size="small" onClick={() => onFill(line)}>
							{text("meaning.change")}
						</Button>
					</div>
				</section>
			)}
			{note !== undefined && <p>{note}</p>}
			<FormError message={problem} />
			<div className="console-foot">
				<p className="console-badge">
					<Icon of={Cpu} size={14} />
					{text("meaning.badge", { host })}
				</p>
				{line === undefined && (
					<Button look="second" size="small" onClick={() => onSay(askLine)}>
						<Icon of={BookOpen} size={16} />
						{text("meaning.ask")}
					</Button>
				)}
			</div>
		</>
	);
}
