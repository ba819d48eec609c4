import { AtSign, CircleAlert, Mail } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { classNames } from "../../components/class-names.ts";
import { CountBadge } from "../../components/count-badge.tsx";
import { Icon } from "../../components/icon.tsx";
import { Tick, type TickState } from "../../components/tick.tsx";
import { text } from "../../shared/text/text.ts";

export interface RoomRowSnapshot {
	readonly roomId: string;
	readonly href: string;
	readonly isCurrent: boolean;
	readonly name: string;
	readonly pictureId: string;
	readonly time: string;
	readonly tick: TickState | undefined;
	/** Who wrote the preview; absent for oneself, in a direct chat and for what nobody wrote. */
	readonly previewSender: string | undefined;
	readonly preview: string;
	/** What the reader began to write here; it stands in front of everything else. */
	readonly draft: string | undefined;
	readonly isInvite: boolean;
	readonly hasFailed: boolean;
	readonly unreadCount: number;
	readonly isMentioned: boolean;
}

export interface RoomRowProps extends RoomRowSnapshot {
	/** The one row that Tab leads to; arrow keys go on from there. */
	readonly isTabStop: boolean;
}

/**
 * One chat of the list: a link whose visible and hidden words together name it. Drawn again only when its own snapshot
 * says something else: a long list must not cost anything while one chat is busy.
 */
export const RoomRowView = memo(function RoomRow(row: RoomRowProps) {
	return (
		<Link
			tabIndex={row.isTabStop ? 0 : -1}
			className={classNames("row", (row.unreadCount > 0 || row.isInvite) && "is-unread")}
			href={row.href}
			aria-current={row.isCurrent ? "page" : undefined}
		>
			<Avatar id={row.pictureId} name={row.name} />
			<span className="row-text">
				<span className="row-top">
					<span className="row-name">
						<span>{row.name}</span>
					</span>
					<span className="row-time">
						{row.tick !== undefined && row.draft === undefined && (
							<Tick state={row.tick} label={text(`message.${row.tick}`)} />
						)}
						<time>{row.time}</time>
					</span>
				</span>
				<span className="row-bottom">
					<span className="row-preview">
						{row.draft === undefined ? (
							<span>
								{row.hasFailed && <span className="is-failed">{text("list.notSent")} </span>}
								{row.previewSender !== undefined && <b>{row.previewSender}: </b>}
								{row.preview}
							</span>
						) : (
							<span>
								<span className="is-failed">{text("list.draft")} </span>
								{row.draft}
							</span>
						)}
					</span>
					<Badges {...row} />
				</span>
			</span>
		</Link>
	);
});

function Badges({ isInvite, hasFailed, unreadCount, isMentioned }: RoomRowSnapshot) {
	return (
		<span className="row-badges">
			{hasFailed && (
				<span className="is-failed">
					<Icon of={CircleAlert} size={18} />
				</span>
			)}
			{isInvite && (
				<span className="count count-at">
					<Icon of={Mail} size={14} />
				</span>
			)}
			{isMentioned && (
				<span className="count count-at">
					<Icon of={AtSign} size={14} />
					<span className="visually-hidden">{text("list.mentioned")}</span>
				</span>
			)}
			<CountBadge count={unreadCount} />
			{unreadCount > 0 && <span className="visually-hidden">{text("list.unreadCount", { count: unreadCount })}</span>}
		</span>
	);
}
