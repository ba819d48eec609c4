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
}

/** The messages of a room, or what stands in their place. */
export function TimelineView({ state, announcement, ...list }: TimelineProps) {
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
			<PageNote state={list.older} at="start" onRetry={list.onOlder} />
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
	readonly onRetry: () => void;
}

/** What becomes of a page that was asked for. It lies over the list, so that its coming and going moves nothing. */
function PageNote({ state, at, onRetry }: PageNoteProps) {
	if (state === "loading") {
		return (
			<p className={`page-note page-note-${at}`} role="status">
				<Icon of={LoaderCircle} isSpinning />
				<span className="visually-hidden">{text(at === "start" ? "chat.loadingOlder" : "chat.loadingNewer")}</span>
			</p>
		);
	}
	if (state !== "failed") return null;
	return (
		<p className={`page-note page-note-${at}`} role="alert">
			<span className="service">
				{text(at === "start" ? "chat.olderFailed" : "chat.newerFailed")}{" "}
				<button type="button" className="text-button" onClick={onRetry}>
					{text("common.retry")}
				</button>
			</span>
		</p>
	);
}
