import { LoaderCircle, MessageCircle } from "lucide-react";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SkeletonMessages } from "../../components/skeleton-messages.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageListProps } from "./list-props.ts";
import { MessageListView } from "./message-list-view.tsx";
import type { Announcement } from "./use-announcements.ts";

export interface TimelineProps extends MessageListProps {
	readonly state: "loading" | "ready" | "failed";
	readonly announcement: Announcement;
	/** The other servers that are asked for older messages. */
	readonly olderFrom: string | undefined;
}

/** The messages of a room, or what stands in their place. */
export function TimelineView({ state, announcement, olderFrom, ...list }: TimelineProps) {
	return (
		<div className="timeline-box">
			{state === "loading" ? (
				<SkeletonMessages />
			) : list.rows.heads.length > 0 ? (
				<MessageListView {...list} />
			) : (
				<div className="timeline timeline-none">
					<Nothing state={state} onRetry={list.onOlder} />
				</div>
			)}
			<PageNote state={list.older} at="start" from={olderFrom} onRetry={list.onOlder} />
			<PageNote state={list.newer} at="end" onRetry={list.onNewer} />
			<div className="visually-hidden" role="status" aria-live="polite">
				<p key={announcement.id}>{announcement.words}</p>
			</div>
		</div>
	);
}

function Nothing({ state, onRetry }: { readonly state: "ready" | "failed"; readonly onRetry: () => void }) {
	if (state === "ready") {
		return <EmptyState icon={MessageCircle} title={text("chat.emptyTitle")} text={text("chat.emptyText")} />;
	}
	return <FailedState title={text("chat.failedTitle")} text={text("chat.failedText")} onRetry={onRetry} />;
}

interface PageNoteProps {
	readonly state: MessageListProps["older"];
	readonly at: "start" | "end";
	readonly from?: string | undefined;
	readonly onRetry: () => void;
}

/** What becomes of a page that was asked for. It lies over the list, so that its coming and going moves nothing. */
function PageNote({ state, at, from, onRetry }: PageNoteProps) {
	if (state === "loading") {
		const words = text(at === "start" ? "chat.loadingOlder" : "chat.loadingNewer");
		return (
			<p className={`page-note page-note-${at}`} role="status">
				{from === undefined && <Icon of={LoaderCircle} isSpinning />}
				<span className={from === undefined ? "visually-hidden" : "service"}>
					{from === undefined ? words : text("chat.loadingFrom", { server: from })}
				</span>
			</p>
		);
	}
	if (state !== "failed" && state !== "away") return null;
	return (
		<p className={`page-note page-note-${at}`} role={state === "away" ? "status" : "alert"}>
			<span className="service">
				{failedText(state, at, from)}{" "}
				<button type="button" className="text-button" onClick={onRetry}>
					{text("common.retry")}
				</button>
			</span>
		</p>
	);
}

function failedText(state: "failed" | "away", at: PageNoteProps["at"], from: string | undefined): string {
	if (state === "failed") return text(at === "start" ? "chat.olderFailed" : "chat.newerFailed");
	return from === undefined ? text("chat.olderAway") : text("chat.olderAwayAt", { server: from });
}
