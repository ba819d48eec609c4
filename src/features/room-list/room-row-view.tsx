import { AtSign, CircleAlert, Mail, UserPlus } from "lucide-react";
import Link from "next/link";
import { memo } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { classNames } from "../../components/class-names.ts";
import { CountBadge } from "../../components/count-badge.tsx";
import { Icon } from "../../components/icon.tsx";
import { Tick, type TickState } from "../../components/tick.tsx";
import { VerifiedMark } from "../../components/verified-mark.tsx";
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
	/** What the reader began to write here; it stands in front of the last message. */
	readonly draft: string | undefined;
	/** Who is writing; it stands in front of everything else for as long as it lasts. */
	readonly typing: string | undefined;
	/** The other person of a direct chat is there. */
	readonly isOnline: boolean;
	/** The reader has made sure of who the other person of a direct chat is. */
	readonly isVerified: boolean;
	/** It gathers other rooms. */
	readonly isSpace: boolean;
	readonly isInvite: boolean;
	readonly hasFailed: boolean;
	/** How many ask to be let in, where the reader may let them in. */
	readonly knockCount: number;
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
			prefetch={false}
			aria-current={row.isCurrent ? "page" : undefined}
		>
			<Avatar id={row.pictureId} name={row.name} isSpace={row.isSpace} isOnline={row.isOnline} />
			<span className="row-text">
				<span className="row-top">
					<span className="row-name">
						<span>{row.name}</span>
						{row.isVerified && <VerifiedMark size={14} />}
						{row.isOnline && <span className="visually-hidden">{text("presence.onlineAfterName")}</span>}
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
						<Preview {...row} />
					</span>
					<Badges {...row} />
				</span>
			</span>
		</Link>
	);
});

function Preview({ typing, draft, hasFailed, previewSender, preview }: RoomRowSnapshot) {
	if (typing !== undefined) return <span className="is-typing">{typing}</span>;
	if (draft !== undefined) {
		return (
			<span>
				<span className="is-failed">{text("list.draft")} </span>
				{draft}
			</span>
		);
	}
	return (
		<span>
			{hasFailed && <span className="is-failed">{text("list.notSent")} </span>}
			{previewSender !== undefined && <b>{previewSender}: </b>}
			{preview}
		</span>
	);
}

function Badges({ isInvite, hasFailed, knockCount, unreadCount, isMentioned }: RoomRowSnapshot) {
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
			{knockCount > 0 && (
				<span className="count count-knocks">
					<Icon of={UserPlus} size={14} />
					<span aria-hidden="true">{knockCount}</span>
					<span className="visually-hidden">{text("list.knocks", { count: knockCount })}</span>
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
