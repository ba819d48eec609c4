import { ArrowUpRight, ChevronLeft, History, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Icon } from "../../components/icon.tsx";
import { PictureChange, type PictureChangeSnapshot } from "../../components/picture-change.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/room-info.ts";
import "../../shared/text/en/settings.ts";
import { text } from "../../shared/text/text.ts";
import { type MembersProps, MembersView } from "./members-view.tsx";
import { type RoomSettingsProps, RoomSettingsView, RoomTiles } from "./room-settings-view.tsx";

export interface RoomInfoProps extends MembersProps, RoomSettingsProps {
	readonly chatHref: string;
	readonly state: "loading" | "failed" | "ready";
	/** Why it did not load, in words. */
	readonly failure: string | undefined;
	readonly onRetry: () => void;
	readonly name: string;
	readonly pictureId: string;
	readonly kindText: string;
	readonly topic: string | undefined;
	readonly hasPicture: boolean;
	readonly picture: PictureChangeSnapshot;
	/** The room that goes on where this one ended, and the one that this one goes on from. */
	readonly replacementHref: string | undefined;
	readonly predecessorHref: string | undefined;
	readonly error: string | undefined;
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
				<FailedState text={props.failure ?? text("chat.failedText")} onRetry={props.onRetry} />
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
				{props.topic !== undefined && props.topic !== "" && <p>{props.topic}</p>}
				{props.rights.canSetPicture && <PictureChange {...props.picture} hasPicture={props.hasPicture} />}
			</div>
			{props.replacementHref !== undefined && (
				<Link className="info-notice" href={props.replacementHref}>
					<Icon of={ArrowUpRight} />
					<span>{text("info.replaced")}</span>
				</Link>
			)}
			<RoomTiles {...props} />
			<FormError message={props.error} />
			<MembersView {...props} />
			<RoomSettingsView {...props} />
			{props.predecessorHref !== undefined && (
				<section className="section" aria-label={text("info.before")}>
					<Link className="line line-2" href={props.predecessorHref}>
						<span className="line-slot">
							<Icon of={History} />
						</span>
						<span className="line-text">{text("info.predecessor")}</span>
					</Link>
				</section>
			)}
		</>
	);
}
