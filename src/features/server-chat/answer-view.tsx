import { ArrowRight, BookOpen, CircleCheck, CircleHelp, LoaderCircle, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Button } from "../../components/button.tsx";
import { CopyField } from "../../components/copy-field.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { AnswerActions, OneAnswerActions } from "./answer-actions.ts";
import { Bars, ChartView } from "./chart-view.tsx";
import { MeaningView } from "./meaning-view.tsx";
import { ProposalView } from "./proposal-view.tsx";
import { FactList, FactsView, RowsView } from "./rows-view.tsx";
import type { ShownAnswer, ShownCommand } from "./shown-entry.ts";
import type { ShownResult } from "./shown-result.ts";
import { FoundView, SupportView } from "./support-view.tsx";

export interface AnswerProps extends OneAnswerActions {
	readonly answer: ShownAnswer;
}

/** What came of what was said. */
export function AnswerView({ answer, ...on }: AnswerProps) {
	switch (answer.kind) {
		case "waiting":
			return (
				<p className="console-waiting">
					<Icon of={LoaderCircle} size={16} isSpinning />
					{text("console.waiting")}
				</p>
			);
		case "result":
			return <ResultView result={answer.result} {...on} />;
		case "proposal":
			return <ProposalView {...on} proposal={answer.proposal} />;
		case "problem":
			return (
				<p className="console-problem">
					<Icon of={TriangleAlert} size={16} />
					{answer.words}
				</p>
			);
		case "fault":
			return <FaultView fault={answer} {...on} />;
		case "help":
			return <HelpView commands={answer.commands} onFill={on.onFill} />;
		case "support":
			return <SupportView {...on} support={answer} />;
		case "meaning":
			return <MeaningView {...on} meaning={answer} />;
		case "found":
			return <FoundView {...on} found={answer} />;
		case "sent":
			return (
				<p className="console-done">
					<Icon of={CircleCheck} size={16} />
					<span>
						{answer.words} <Link href={on.chatHref(answer.roomId)}>{text("contact.open")}</Link>
					</span>
				</p>
			);
	}
}

function ResultView({ result, onSay, onPassage }: { readonly result: ShownResult } & AnswerActions) {
	switch (result.kind) {
		case "rows":
			return <RowsView rows={result} onSay={onSay} />;
		case "facts":
			return <FactsView facts={result} onSay={onSay} />;
		case "charts":
			return result.charts.map((chart) => <ChartView key={chart.chart} chart={chart} />);
		case "bars":
			return (
				<>
					<h2>{result.title}</h2>
					<Bars bars={result.bars} />
				</>
			);
		case "link":
			return (
				<>
					<h2>{text("result.newLink")}</h2>
					<p>{text("result.newLinkText")}</p>
					<CopyField what={text("result.newLink")} value={result.link} />
				</>
			);
		case "backup":
			return (
				<>
					<h2>{text("result.backup")}</h2>
					<FactList facts={result.facts} />
					<p>{text("result.backupHow")}</p>
					<CopyField what={text("result.backup")} value={text("result.backupCommand")} />
					<p>{text("result.backupMore")}</p>
					<Button look="quiet" size="small" onClick={() => onPassage({ document: "docs/backup.md", heading: "Use" })}>
						<Icon of={BookOpen} size={16} />
						{text("result.backupRead")}
					</Button>
				</>
			);
		case "done":
			return (
				<p className="console-done">
					<Icon of={CircleCheck} size={16} />
					<span>{result.words.join(" ")}</span>
				</p>
			);
	}
}

type FaultProps = AnswerActions & { readonly fault: Extract<ShownAnswer, { kind: "fault" }> };

function FaultView({ fault, onFill }: FaultProps) {
	return (
		<>
			<p className="console-problem is-mild">
				<Icon of={CircleHelp} size={16} />
				{fault.words}
			</p>
			{fault.usage !== undefined && (
				<p>
					{text("fault.usage")} <code>{fault.usage}</code>
				</p>
			)}
			{fault.near.length > 0 && (
				<div className="console-actions">
					<span>{text("fault.near")}</span>
					{fault.near.map(({ name, label, line }) => (
						<Button key={name} look="second" size="small" onClick={() => onFill(line)}>
							{label}
						</Button>
					))}
				</div>
			)}
		</>
	);
}

interface HelpProps extends Pick<AnswerActions, "onFill"> {
	readonly commands: readonly ShownCommand[];
}

function HelpView({ commands, onFill }: HelpProps) {
	return (
		<ul className="console-help">
			{commands.map(({ name, usage, words, line }) => (
				<li key={name}>
					<button type="button" onClick={() => onFill(line)}>
						<code>{usage}</code>
						<span>{words}</span>
						<Icon of={ArrowRight} size={14} flips />
					</button>
				</li>
			))}
		</ul>
	);
}
