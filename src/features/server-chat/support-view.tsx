import { BookOpen, CircleHelp, Cpu, MessageCircle } from "lucide-react";
import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";
import type { OneAnswerActions } from "./answer-actions.ts";
import { RunLineView } from "./run-line-view.tsx";
import type { ShownAnswer, ShownSource, ShownSupport } from "./shown-entry.ts";

/** An answer from Kith's own documents: each line with the parts that it rests on. */
export function SupportView({ support, ...on }: OneAnswerActions & { readonly support: ShownSupport }) {
	const { progress, lines, note, problem } = support;
	return (
		<>
			{lines.length > 0 && (
				<ul className="console-lines">
					{lines.map((line) => (
						<li key={line.key} dir="auto" className={line.sources.length === 0 ? "no-source" : undefined}>
							{line.words} <Sources sources={line.sources} onPassage={on.onPassage} />
						</li>
					))}
				</ul>
			)}
			{note !== undefined && <p className="console-note">{note}</p>}
			<FormError message={problem} />
			{progress === undefined ? (
				<div className="console-foot">
					<p className="console-badge">
						<Icon of={Cpu} size={14} />
						{text("support.badge", { host: on.host })}
					</p>
					<ContactButton {...on} draft={support.draft} />
				</div>
			) : (
				<RunLineView progress={progress} onStop={() => on.onStop(on.id)} />
			)}
		</>
	);
}

interface SourcesProps extends Pick<OneAnswerActions, "onPassage"> {
	readonly sources: readonly ShownSource[];
}

function Sources({ sources, onPassage }: SourcesProps) {
	if (sources.length === 0) {
		return (
			<span>
				<Icon of={CircleHelp} size={14} />
				{text("support.uncited")}
			</span>
		);
	}
	return sources.map(({ number, ...source }) => {
		const label = text("support.cite", { number, heading: source.heading });
		return (
			<button
				key={number}
				type="button"
				className="cite"
				aria-label={label}
				title={label}
				onClick={() => onPassage(source)}
			>
				{number}
			</button>
		);
	});
}

/** What shares words with the question, where no assistant is. */
export function FoundView({
	found,
	...on
}: OneAnswerActions & { readonly found: Extract<ShownAnswer, { kind: "found" }> }) {
	return (
		<>
			<p>{found.words}</p>
			{found.sources.length > 0 && (
				<ul className="console-sources">
					{found.sources.map((source) => (
						<li key={`${source.document} ${source.heading}`}>
							<button type="button" onClick={() => on.onPassage(source)}>
								<Icon of={BookOpen} size={16} />
								<span>{source.heading}</span>
							</button>
						</li>
					))}
				</ul>
			)}
			<div className="console-foot">
				<ContactButton {...on} draft={found.draft} />
			</div>
		</>
	);
}

function ContactButton({ draft, canContact, onContact }: OneAnswerActions & { readonly draft: string }) {
	if (!canContact) return null;
	return (
		<Button look="second" size="small" onClick={() => onContact(draft)}>
			<Icon of={MessageCircle} size={16} />
			{text("support.contact")}
		</Button>
	);
}
