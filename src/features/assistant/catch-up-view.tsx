import { ChevronLeft, Cpu, PowerOff, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import { text } from "../../shared/text/text.ts";
import { AiBadge } from "./ai-badge-view.tsx";
import type { AnswerSnapshot } from "./answer-snapshot.ts";
import { type AnswerProps, AnswerView } from "./answer-view.tsx";
import { type AskProps, AskView } from "./ask-view.tsx";
import { type MeaningProps, MeaningView } from "./meaning-view.tsx";
import type { ProgressSnapshot } from "./progress-snapshot.ts";
import { type RangeProps, RangeView } from "./range-view.tsx";
import { RunProgressView } from "./run-progress-view.tsx";

export interface CatchUpProps {
	readonly chatHref: string;
	readonly infoHref: string;
	readonly place: AiPlace;
	readonly state: CatchUpState;
	readonly answers: readonly AnswerSnapshot[];
	/** Absent: nothing runs. */
	readonly progress: ProgressSnapshot | undefined;
	readonly range: RangeProps;
	/** Absent: nothing is to be said about it. */
	readonly meaning: MeaningProps | undefined;
	readonly ask: AskProps;
	readonly onStop: () => void;
	readonly onRetryAnswer: (id: number) => void;
	readonly onRemoveAnswer: (id: number) => void;
	readonly onShowAgain: AnswerProps["onShowAgain"];
	readonly onRemind: AnswerProps["onRemind"];
	/** Asks once more how the assistant is. */
	readonly onRetry: () => void;
	/** What is asked before something is sent. */
	readonly dialog: ReactNode;
}

export type CatchUpState =
	| { readonly kind: "ready" | "loading" | "missing" }
	| { readonly kind: "off"; readonly canSet: boolean; readonly isEncrypted: boolean }
	/** `words`: why nothing can be asked now. */
	| { readonly kind: "down"; readonly words: string };

/** The pane of the assistant: what happened in a chat, in lines that lead to the messages. */
export function CatchUpView(props: CatchUpProps) {
	const { chatHref, state, progress } = props;
	return (
		<aside className="info assist" aria-label={text("assistant.catchUp")}>
			<div className="bar">
				<Link className="back" href={chatHref} aria-label={text("nav.toConversation")}>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<div className="bar-title">
					<h1>{text("assistant.catchUp")}</h1>
				</div>
				<Link className="icon-button close" href={chatHref} aria-label={text("common.close")}>
					<Icon of={X} />
				</Link>
			</div>
			<div className="assist-in">
				{state.kind === "ready" ? <Ready {...props} /> : <Instead {...props} state={state} />}
			</div>
			{state.kind === "ready" && (
				<div className="assist-foot">
					{progress !== undefined && <RunProgressView progress={progress} onStop={props.onStop} />}
					{props.meaning !== undefined && <MeaningView {...props.meaning} />}
					<AskView {...props.ask} />
					<Link className="text-button all-link" href="/ask">
						{text("assistant.all")}
					</Link>
				</div>
			)}
			{props.dialog}
		</aside>
	);
}

function Ready({ place, answers, progress, range, ...on }: CatchUpProps) {
	return (
		<>
			<AiBadge place={place} />
			{answers.map((answer) => (
				<AnswerView
					key={answer.id}
					answer={answer}
					onRetry={() => on.onRetryAnswer(answer.id)}
					onRemove={() => on.onRemoveAnswer(answer.id)}
					onShowAgain={on.onShowAgain}
					onRemind={on.onRemind}
				/>
			))}
			{answers.some(({ isRunning, sections }) => !isRunning && sections.length > 0) && (
				<p className="answer-note">{text("assistant.mayErr")}</p>
			)}
			{progress === undefined && <RangeView {...range} />}
		</>
	);
}

type InsteadProps = Pick<CatchUpProps, "infoHref" | "onRetry"> & {
	readonly state: Exclude<CatchUpState, { readonly kind: "ready" }>;
};

function Instead({ state, infoHref, onRetry }: InsteadProps) {
	switch (state.kind) {
		case "ready":
		case "loading":
			return <SkeletonRows count={3} label={text("common.loading")} />;
		case "missing":
			return <EmptyState icon={Cpu} title={text("assistant.missingTitle")} text={text("assistant.missingText")} />;
		case "down":
			return <FailedState title={text("assistant.downTitle")} text={state.words} onRetry={onRetry} />;
		case "off":
			return <Off {...state} infoHref={infoHref} />;
	}
}

interface OffProps extends Pick<CatchUpProps, "infoHref"> {
	readonly canSet: boolean;
	readonly isEncrypted: boolean;
}

function Off({ canSet, isEncrypted, infoHref }: OffProps) {
	const why = isEncrypted ? [text("assistant.offSealed")] : [];
	const words = [...why, text(canSet ? "assistant.offCanSet" : "assistant.offOther")].join(" ");
	const toInfo = (
		<Link className="button button-second" href={infoHref}>
			{text("assistant.toInfo")}
		</Link>
	);
	return (
		<EmptyState icon={PowerOff} title={text("assistant.offTitle")} text={words} action={canSet ? toInfo : undefined} />
	);
}
