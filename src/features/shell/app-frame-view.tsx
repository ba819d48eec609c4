import { MessageCircle, Server, UserRound, UsersRound } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { Avatar } from "../../components/avatar.tsx";
import { BrandMark } from "../../components/brand-mark.tsx";
import { classNames } from "../../components/class-names.ts";
import { CountBadge } from "../../components/count-badge.tsx";
import { Icon } from "../../components/icon.tsx";
import { KnownPictures } from "../../components/known-pictures.tsx";
import { Later, laterPart } from "../../components/later.tsx";
import "../../shared/text/en/chats.ts";
import { text } from "../../shared/text/text.ts";
import { NetBarPart } from "./net-bar-part.tsx";
import type { SplitterProps } from "./splitter-view.tsx";

const helpView = laterPart(async () => (await import("./help-view.tsx")).HelpView);
/** The edge of the list is only drawn on a wide screen, and nobody grips it in the first moment. */
const splitterView = laterPart(async () => (await import("./splitter-view.tsx")).SplitterView);
const identityBarPart = laterPart(async () => (await import("./identity-bar-part.tsx")).IdentityBarPart);
const palettePart = laterPart(async () => (await import("./palette-part.tsx")).PalettePart);

export type Section = "chats" | "people" | "you" | "admin";

export interface AppFrameProps {
	/** Which pane the address asks for: the one that shows where only one fits. */
	readonly pane: "list" | "chat" | "info";
	/** True: room information stands beside the conversation where the window is wide. */
	readonly hasInfo?: boolean;
	readonly section: Section;
	readonly unreadChats: number;
	/** What people and rooms look like: `mxc://` addresses by id. */
	readonly pictures: ReadonlyMap<string, string>;
	readonly me: { readonly userId: string; readonly displayName: string; readonly isOwner: boolean } | undefined;
	/** What lies over it: the command palette, or the sheet of keys. */
	readonly overlay: "palette" | "help" | undefined;
	readonly onHelp: () => void;
	readonly onCloseOverlay: () => void;
	/** The chat list beside the conversation: its width, and whether it is folded in. */
	readonly list: SplitterProps;
	readonly children: ReactNode;
}

/** The frame of every page behind the sign-in: rail, network bar, and the panes that the page puts in. */
export function AppFrameView(props: AppFrameProps) {
	"use no memo";
	return (
		<KnownPictures pictures={props.pictures}>
			<Frame {...props} />
		</KnownPictures>
	);
}

function Frame(props: AppFrameProps) {
	"use no memo";
	const frame = useRef<HTMLDivElement>(null);
	const { widthPx } = props.list;
	// Set from script alone: in the HTML it would be an inline style, which the policy refuses.
	useEffect(() => frame.current?.style.setProperty("--list-chosen", `${widthPx}px`), [widthPx]);
	return (
		<div
			className={classNames("app", props.hasInfo === true && "app-info", props.list.isCollapsed && "is-list-collapsed")}
			data-pane={props.pane}
			ref={frame}
		>
			<div className="bars">
				<NetBarPart />
				<Later part={identityBarPart} props={{}} />
			</div>
			<nav className="rail" aria-label={text("nav.main")}>
				<Link className="rail-link" href="/chat" prefetch={false} aria-label={text("app.home")}>
					<BrandMark size={30} />
				</Link>
				<ul className="rail-list">
					<li>
						<Link {...linkTo("/chat", props.section === "chats")} className="rail-link" title={text("nav.chats")}>
							<ChatsIcon unreadChats={props.unreadChats} />
						</Link>
					</li>
					<li>
						<Link {...linkTo("/new", props.section === "people")} className="rail-link" title={text("nav.people")}>
							<Icon of={UsersRound} />
							<span className="visually-hidden">{text("nav.people")}</span>
						</Link>
					</li>
				</ul>
				<div className="rail-end">
					{props.me?.isOwner === true && (
						<Link {...linkTo("/admin", props.section === "admin")} className="rail-link" title={text("admin.title")}>
							<Icon of={Server} />
							<span className="visually-hidden">{text("admin.title")}</span>
						</Link>
					)}
					<Link {...linkTo("/you", props.section === "you")} className="rail-link" title={text("nav.you")}>
						{props.me ? <Avatar id={props.me.userId} name={props.me.displayName} size={32} /> : <Icon of={UserRound} />}
						<span className="visually-hidden">{text("nav.you")}</span>
					</Link>
				</div>
			</nav>
			{props.children}
			{props.overlay === "palette" && (
				<Later part={palettePart} props={{ onHelp: props.onHelp, onClose: props.onCloseOverlay }} />
			)}
			{props.overlay === "help" && <Later part={helpView} props={{ onClose: props.onCloseOverlay }} />}
			<Later part={splitterView} props={props.list} />
		</div>
	);
}

export interface TabsProps {
	readonly section: Section;
	readonly unreadChats: number;
}

/** What the rail is on a small screen: a row under the pane. */
export function TabsView({ section, unreadChats }: TabsProps) {
	"use no memo";
	return (
		<nav className="tabs" aria-label={text("nav.main")}>
			<Link {...linkTo("/chat", section === "chats")} className="tab">
				<ChatsIcon unreadChats={unreadChats} />
				<span aria-hidden="true">{text("nav.chats")}</span>
			</Link>
			<Link {...linkTo("/new", section === "people")} className="tab">
				<Icon of={UsersRound} />
				{text("nav.people")}
			</Link>
			<Link {...linkTo("/you", section === "you")} className="tab">
				<Icon of={UserRound} />
				{text("nav.you")}
			</Link>
		</nav>
	);
}

function ChatsIcon({ unreadChats }: { readonly unreadChats: number }) {
	"use no memo";
	return (
		<>
			<Icon of={MessageCircle} />
			<CountBadge count={unreadChats} />
			<span className="visually-hidden">
				{unreadChats === 0 ? text("nav.chats") : text("nav.chatsUnread", { count: unreadChats })}
			</span>
		</>
	);
}

/** Where it leads is fetched ahead when the page is calm (`use-calm.ts`). */
function linkTo(href: string, isCurrent: boolean) {
	return { href, prefetch: false, ...(isCurrent && { "aria-current": "page" as const }) };
}
