import { memo } from "react";
import { classNames } from "../../components/class-names.ts";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import { MessageView } from "./message-view.tsx";
import type { RowHead, RowSnapshot } from "./timeline-snapshot.ts";

export interface RowProps {
	readonly head: RowHead;
	readonly row: RowSnapshot;
	/** The date that stands above it. */
	readonly day: string | undefined;
	/** What the unread divider above it says. */
	readonly unread: string | undefined;
	/** True: the sender's name stands above the group and their picture beside it. */
	readonly hasFace: boolean;
	readonly isActive: boolean;
	/** True: somebody asked for this message and is being shown where it is. */
	readonly isGoal: boolean;
	readonly actions: MessageActions;
	readonly onActive: (key: string) => void;
}

/** One row: a message or a line about the chat, with the date and the unread divider where they belong above it. */
export const RowView = memo(
	function RowView(props: RowProps) {
		const { head, row, day, unread, hasFace } = props;
		return (
			<>
				{day !== undefined && (
					<h2 className="date">
						<button type="button" title={text("chat.pickDate")} onClick={() => props.actions.onPickDate(head.ts)}>
							{day}
						</button>
					</h2>
				)}
				{unread !== undefined && (
					<p className="unread">
						<span>{unread}</span>
					</p>
				)}
				{row.kind === "service" ? (
					<p className="service">{row.text}</p>
				) : (
					<div
						className={classNames(
							"group",
							head.isOwn ? "group-out" : "group-in",
							hasFace && "has-face",
							head.isFirst && "is-first",
							head.isLast && "is-last",
						)}
					>
						<MessageView
							message={row}
							sender={hasFace && head.isFirst ? { id: head.senderId, name: row.senderName } : undefined}
							isActive={props.isActive}
							isGoal={props.isGoal}
							actions={props.actions}
							onActive={props.onActive}
						/>
					</div>
				)}
			</>
		);
	},
	(before, after) => sameHead(before.head, after.head) && sameRest(before, after),
);

/** Heads are made anew with every new message; what they say is what counts. */
function sameHead(before: RowHead, after: RowHead): boolean {
	return before.key === after.key && before.isFirst === after.isFirst && before.isLast === after.isLast;
}

function sameRest(before: RowProps, after: RowProps): boolean {
	return (
		before.row === after.row &&
		before.day === after.day &&
		before.unread === after.unread &&
		before.hasFace === after.hasFace &&
		before.isActive === after.isActive &&
		before.isGoal === after.isGoal &&
		before.actions === after.actions &&
		before.onActive === after.onActive
	);
}
