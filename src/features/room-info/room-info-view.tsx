import { ChevronLeft, CloudAlert, LogOut, Pencil, UserPlus, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { PictureChange, type PictureChangeSnapshot } from "../../components/picture-change.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { text } from "../../shared/text/text.ts";
import { MemberLine, type MemberSnapshot } from "./member-line-view.tsx";

export interface RoomInfoProps {
	readonly chatHref: string;
	readonly state: "loading" | "failed" | "ready";
	/** Why it did not load, in words. */
	readonly failure: string | undefined;
	readonly onRetry: () => void;
	readonly roomId: string;
	readonly name: string;
	readonly pictureId: string;
	readonly kindText: string;
	readonly topic: string | undefined;
	readonly hasOwner: boolean;
	readonly joined: readonly MemberSnapshot[];
	readonly invited: readonly MemberSnapshot[];
	readonly banned: readonly MemberSnapshot[];
	readonly canInvite: boolean;
	readonly canRename: boolean;
	readonly canSetPicture: boolean;
	readonly hasPicture: boolean;
	readonly picture: PictureChangeSnapshot;
	readonly canLeave: boolean;
	readonly error: string | undefined;
	readonly onInvite: () => void;
	readonly onRename: () => void;
	readonly onLeave: () => void;
	/** The dialog that is open. */
	readonly dialog: ReactNode;
}

/** The information pane: what the chat is, who is in it, and what may be done about it. */
export function RoomInfoView(props: RoomInfoProps) {
	return (
		<aside className="info" aria-label={text("chat.info")}>
			<div className="bar">
				<Link className="back" href={props.chatHref} aria-label={text("nav.toConversation")}>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<div className="bar-title">
					<h1>{text("info.title")}</h1>
				</div>
				<Link className="icon-button close" href={props.chatHref} aria-label={text("common.close")}>
					<Icon of={X} />
				</Link>
			</div>
			{props.state === "failed" && (
				<EmptyState
					role="alert"
					icon={CloudAlert}
					title={text("info.failedTitle")}
					text={props.failure ?? text("chat.failedText")}
					action={
						<Button look="second" onClick={props.onRetry}>
							{text("common.retry")}
						</Button>
					}
				/>
			)}
			{props.state === "loading" && <SkeletonRows count={4} label={text("common.loading")} />}
			{props.state === "ready" && <Ready {...props} />}
			{props.dialog}
		</aside>
	);
}

function Ready(props: RoomInfoProps) {
	return (
		<>
			<div className="info-who">
				<Avatar id={props.pictureId} name={props.name} size={88} />
				<h2>{props.name}</h2>
				<p>{props.kindText}</p>
				{props.topic !== undefined && <p>{props.topic}</p>}
				{props.canSetPicture && <PictureChange {...props.picture} hasPicture={props.hasPicture} />}
			</div>
			<FormError message={props.error} />
			<People title={text("info.people")} members={props.joined}>
				{props.canInvite && <Line icon={UserPlus} label={text("info.invite")} onClick={props.onInvite} />}
			</People>
			{props.invited.length > 0 && <People title={text("info.invited")} members={props.invited} />}
			{props.banned.length > 0 && <People title={text("info.banned")} members={props.banned} />}
			<section className="section" aria-label={text("common.more")}>
				{props.canRename && <Line icon={Pencil} label={text("info.rename")} onClick={props.onRename} />}
				{props.canLeave && <Line icon={LogOut} label={text("info.leave")} isDanger onClick={props.onLeave} />}
				{props.hasOwner && <p className="info-foot">{text("info.ownerStays")}</p>}
			</section>
		</>
	);
}

interface PeopleProps {
	readonly title: string;
	readonly members: readonly MemberSnapshot[];
	readonly children?: ReactNode;
}

function People({ title, members, children }: PeopleProps) {
	return (
		<section className="section" aria-label={title}>
			<div className="section-head">
				<h3>{title}</h3>
			</div>
			{children}
			<ul>
				{members.map((member) => (
					<li key={member.userId}>
						<MemberLine {...member} />
					</li>
				))}
			</ul>
		</section>
	);
}

interface LineProps {
	readonly icon: typeof UserPlus;
	readonly label: string;
	readonly isDanger?: boolean;
	readonly onClick: () => void;
}

function Line({ icon, label, isDanger, onClick }: LineProps) {
	return (
		<button type="button" className={classNames("line line-2", isDanger === true && "is-danger")} onClick={onClick}>
			<span className="line-slot">
				<Icon of={icon} />
			</span>
			<span className="line-text">{label}</span>
		</button>
	);
}
