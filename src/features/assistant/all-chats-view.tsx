import { Cpu, MessagesSquare, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Pane } from "../../components/pane.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/assistant-all.ts";
import { text } from "../../shared/text/text.ts";
import { AiBadge } from "./ai-badge-view.tsx";
import type { AllChatsAnswer, ChatAnswer } from "./all-chats-snapshot.ts";
import { AnswerLineView } from "./answer-line-view.tsx";
import { type AskProps, AskView } from "./ask-view.tsx";
import type { ProgressSnapshot } from "./progress-snapshot.ts";
import { RunProgressView } from "./run-progress-view.tsx";

export interface AllChatsProps {
	readonly place: AiPlace;
	readonly state: "loading" | "ready" | "missing" | { readonly problem: string };
	readonly answer: AllChatsAnswer | undefined;
	/** Absent: nothing is looked for, and nothing runs. */
	readonly progress: ProgressSnapshot | undefined;
	readonly ask: AskProps;
	readonly onStop: () => void;
	readonly onForget: () => void;
	readonly onRetry: () => void;
	/** What is asked before something is sent. */
	readonly dialog: ReactNode;
	readonly tabs: ReactNode;
}

/** A question to all chats, and what each of them answers. */
export function AllChatsView(props: AllChatsProps) {
	const { place, state, answer, progress, ask, onStop, onForget, onRetry, dialog, tabs } = props;
	const foot = (
		<>
			{state === "ready" && (
				<div className="assist-foot">
					{progress !== undefined && <RunProgressView progress={progress} onStop={onStop} />}
					<AskView {...ask} label={text("all.label")} />
				</div>
			)}
			{tabs}
			{dialog}
		</>
	);
	return (
		<Pane title={text("all.title")} back={{ href: "/chat", label: text("nav.toChats") }} foot={foot}>
			{state === "loading" && <SkeletonRows count={2} label={text("common.loading")} />}
			{state === "missing" && (
				<EmptyState icon={Cpu} title={text("assistant.missingTitle")} text={text("assistant.missingText")} />
			)}
			{typeof state === "object" && (
				<FailedState title={text("assistant.downTitle")} text={state.problem} onRetry={onRetry} />
			)}
			{state === "ready" && <AiBadge place={place} />}
			{state === "ready" && answer === undefined && (
				<EmptyState icon={MessagesSquare} title={text("all.leadTitle")} text={text("all.lead")} />
			)}
			{state === "ready" && answer !== undefined && <Answer answer={answer} onForget={onForget} />}
		</Pane>
	);
}

function Answer({ answer, onForget }: { readonly answer: AllChatsAnswer; readonly onForget: () => void }) {
	const { question, chats, notes, isRunning } = answer;
	return (
		<section className="answer" aria-label={question}>
			<div className="answer-head">
				<div className="answer-given">
					<h2 dir="auto">{question}</h2>
				</div>
				{!isRunning && <IconButton icon={X} label={text("all.forget")} onClick={onForget} />}
			</div>
			<div aria-live="polite" aria-busy={isRunning}>
				{chats.map((chat) => (
					<Chat key={chat.roomId} chat={chat} />
				))}
				{notes.map((note) => (
					<p className="answer-note" key={note}>
						{note}
					</p>
				))}
				{!isRunning && <p className="answer-note">{text("assistant.mayErr")}</p>}
			</div>
		</section>
	);
}

function Chat({ chat: { href, name, lines, notes } }: { readonly chat: ChatAnswer }) {
	return (
		<section className="all-chat" aria-label={name}>
			<h3>
				<Link href={href} dir="auto">
					{name}
				</Link>
			</h3>
			{lines.length > 0 && (
				<ul>
					{lines.map((line) => (
						<AnswerLineView key={line.key} line={line} />
					))}
				</ul>
			)}
			{notes.map((note) => (
				<p className="answer-note" key={note}>
					{note}
				</p>
			))}
		</section>
	);
}
