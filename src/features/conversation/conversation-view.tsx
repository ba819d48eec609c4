import { ChevronLeft, DoorClosed, type LucideIcon, PanelRight, ScanText, Unlink } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { CountBadge } from "../../components/count-badge.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SkeletonMessages } from "../../components/skeleton-messages.tsx";
import { VerifiedMark } from "../../components/verified-mark.tsx";
import "../../shared/text/en/conversation.ts";
import { text } from "../../shared/text/text.ts";
import { Card, Note } from "./conversation-note-view.tsx";
import { HeadBones } from "./opening-view.tsx";

export interface ConversationHead {
	readonly name: string;
	readonly pictureId: string;
	readonly isSpace: boolean;
	/** The reader has made sure of who the other person of a direct chat is. */
	readonly isVerified: boolean;
	readonly infoHref: string;
	/** Absent: the assistant has no place here. */
	readonly catchUpHref: string | undefined;
	/** What stands beside the conversation: its button closes it. */
	readonly pane: SidePane | undefined;
	readonly chatHref: string;
}

export type SidePane = "info" | "catch-up";

/** Why there is no composer under the messages. */
export interface Closed {
	readonly kind: "left" | "banned" | "readOnly" | "upgraded";
}

export type ConversationState =
	| { readonly kind: "open" }
	| { readonly kind: "closed"; readonly closed: Closed }
	| { readonly kind: "outside" | "space" | "loading" | "forbidden" | "notFound" }
	| { readonly kind: "failed"; readonly onRetry: () => void };

export interface ConversationProps {
	readonly head: ConversationHead | undefined;
	/** The line under the name. */
	readonly status: ReactNode;
	readonly state: ConversationState;
	readonly otherUnread: number;
	/** What everybody has to know about the room. */
	readonly marker: ReactNode;
	readonly timeline: ReactNode;
	readonly composer: ReactNode;
	/** What stands in their place for whoever is invited or asks to join. */
	readonly outside: ReactNode;
	/** What stands in the composer's place in a room that was replaced. */
	readonly upgraded: ReactNode;
	/** What stands in their place in a room that gathers others. */
	readonly space: ReactNode;
}

/** The conversation pane: its bar, and below it the messages or the reason why there are none. */
export function ConversationView(props: ConversationProps) {
	const { head, status, state, otherUnread, marker, timeline, composer } = props;
	return (
		<main className="chat" aria-label={head?.name ?? text("chat.messages")}>
			<header className="bar">
				<Link className="back" href="/chat" aria-label={text("nav.toChats")}>
					<Icon of={ChevronLeft} size={24} flips />
					<CountBadge count={otherUnread} />
				</Link>
				{head === undefined ? state.kind === "loading" && <HeadBones /> : <Head {...head} status={status} />}
			</header>
			{state.kind === "open" && marker}
			{state.kind === "open" || state.kind === "closed" ? timeline : <Instead {...props} state={state} />}
			{state.kind === "open" && composer}
			{state.kind === "closed" && <ClosedNote closed={state.closed} upgraded={props.upgraded} />}
		</main>
	);
}

function Head({ status, ...head }: ConversationHead & Pick<ConversationProps, "status">) {
	return (
		<>
			<Avatar id={head.pictureId} name={head.name} size={40} isSpace={head.isSpace} />
			<div className="bar-title">
				<div className="bar-name">
					<h1>{head.name}</h1>
					{head.isVerified && <VerifiedMark size={16} />}
				</div>
				{status}
			</div>
			<div className="bar-actions">
				{head.catchUpHref !== undefined && (
					<PaneLink
						icon={ScanText}
						label={text("chat.catchUp")}
						isOpen={head.pane === "catch-up"}
						href={head.pane === "catch-up" ? head.chatHref : head.catchUpHref}
					/>
				)}
				<PaneLink
					icon={PanelRight}
					label={text("chat.info")}
					isOpen={head.pane === "info"}
					href={head.pane === "info" ? head.chatHref : head.infoHref}
				/>
			</div>
		</>
	);
}

interface PaneLinkProps {
	readonly icon: LucideIcon;
	readonly label: string;
	readonly isOpen: boolean;
	readonly href: string;
}

function PaneLink({ icon, label, isOpen, href }: PaneLinkProps) {
	return (
		<Link className="icon-button" href={href} aria-label={label} title={label} data-open={isOpen}>
			<Icon of={icon} flips />
		</Link>
	);
}

interface InsteadProps extends Pick<ConversationProps, "outside" | "space"> {
	readonly state: Exclude<ConversationState, { kind: "open" | "closed" }>;
}

function Instead({ state, outside, space }: InsteadProps) {
	const toChats = (
		<Link className="button button-second" href="/chat">
			{text("nav.toChats")}
		</Link>
	);
	switch (state.kind) {
		case "loading":
			return <SkeletonMessages />;
		case "forbidden":
			return (
				<Note
					icon={DoorClosed}
					title={text("chat.forbiddenTitle")}
					text={text("chat.forbiddenText")}
					action={toChats}
				/>
			);
		case "notFound":
			return (
				<Note icon={Unlink} title={text("chat.notFoundTitle")} text={text("chat.notFoundText")} action={toChats} />
			);
		case "failed":
			return (
				<Card>
					<FailedState title={text("chat.failedTitle")} text={text("chat.failedText")} onRetry={state.onRetry} />
				</Card>
			);
		case "outside":
			return outside;
		case "space":
			return space;
	}
}

function ClosedNote({ closed, upgraded }: { readonly closed: Closed } & Pick<ConversationProps, "upgraded">) {
	if (closed.kind === "upgraded") return upgraded;
	const words = { left: text("chat.left"), banned: text("chat.bannedSelf"), readOnly: text("chat.readOnly") };
	return <p className="closed">{words[closed.kind]}</p>;
}
