import { Ellipsis, Reply, SmilePlus } from "lucide-react";
import { useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { IconButton } from "../../components/icon-button.tsx";
import { Later, laterPart } from "../../components/later.tsx";
import { useLongPress } from "../../components/use-long-press.ts";
import { text } from "../../shared/text/text.ts";
import { BubbleView } from "./bubble-view.tsx";
import { FailedView } from "./failed-view.tsx";
import type { MessageActions } from "./message-actions.ts";
import { ReactionsView } from "./reactions-view.tsx";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

const messageMenuView = laterPart(async () => (await import("./message-menu-view.tsx")).MessageMenuView);
const reactionPickerView = laterPart(async () => (await import("./reaction-picker-view.tsx")).ReactionPickerView);

export interface MessageProps {
	readonly message: MessageSnapshot;
	/** Whose name stands above it; absent where it does not. */
	readonly sender: { readonly id: string; readonly name: string } | undefined;
	readonly isActive: boolean;
	readonly isGoal: boolean;
	readonly actions: MessageActions;
	readonly onActive: (key: string) => void;
}

/** What is open over a message, and beside which button; without one it is a sheet. */
interface Open {
	readonly kind: "menu" | "reactions";
	readonly anchor: HTMLElement | undefined;
}

export function MessageView({ message, sender, isActive, isGoal, actions, onActive }: MessageProps) {
	const [open, setOpen] = useState<Open | undefined>();
	const [isHovered, setHovered] = useState(false);
	const canAct = message.eventId !== undefined && !message.isDeleted && message.closed === undefined;
	const longPress = useLongPress(() => canAct && setOpen({ kind: "menu", anchor: undefined }));
	const close = () => setOpen(undefined);
	// Tab leads to one message and what is in it; arrows go on to the others.
	const tabIndex = isActive ? 0 : -1;
	return (
		<article
			className={classNames(
				"msg",
				message.reactions.length > 0 && "has-reactions",
				message.state === "failed" && "is-failed",
				message.isDeleted && "is-deleted",
				message.closed !== undefined && "is-closed",
				isGoal && "is-goal",
				message.emojiCount > 0 && `is-emoji is-emoji-${message.emojiCount}`,
			)}
			aria-label={message.label}
			tabIndex={tabIndex}
			data-key={message.key}
			onFocus={() => onActive(message.key)}
			onPointerOver={() => setHovered(true)}
			onPointerLeave={() => setHovered(false)}
		>
			<div className="msg-line">
				<div className="msg-body" {...longPress}>
					<BubbleView {...{ message, sender, actions, tabIndex }} />
					<ReactionsView {...{ message, actions, tabIndex }} />
				</div>
				{canAct && (isHovered || isActive || open !== undefined) && (
					<Tools message={message} actions={actions} onOpen={(kind, anchor) => setOpen({ kind, anchor })} />
				)}
			</div>
			{message.state === "failed" && <FailedView message={message} actions={actions} />}
			{open?.kind === "menu" && (
				<Later
					part={messageMenuView}
					props={{
						message,
						actions,
						anchor: open.anchor,
						onMoreReactions: () => setOpen({ kind: "reactions", anchor: open.anchor }),
						onClose: close,
					}}
				/>
			)}
			{open?.kind === "reactions" && (
				<Later part={reactionPickerView} props={{ message, actions, anchor: open.anchor, onClose: close }} />
			)}
		</article>
	);
}

interface ToolsProps extends Pick<MessageProps, "message" | "actions"> {
	readonly onOpen: (kind: Open["kind"], anchor: HTMLElement) => void;
}

/** Only the message under the pointer and the one in focus have them: sixty times three buttons would be much to draw. */
function Tools({ message, actions, onOpen }: ToolsProps) {
	const { eventId } = message;
	if (eventId === undefined) return null;
	return (
		<div className="tools" role="toolbar" aria-label={text("message.actions")}>
			{actions.canSend && (
				<>
					<IconButton
						icon={SmilePlus}
						label={text("message.react")}
						aria-haspopup="dialog"
						onClick={(event) => onOpen("reactions", event.currentTarget)}
					/>
					<IconButton icon={Reply} flips label={text("message.reply")} onClick={() => actions.onReply(eventId)} />
				</>
			)}
			<IconButton
				icon={Ellipsis}
				label={text("common.more")}
				aria-haspopup="menu"
				onClick={(event) => onOpen("menu", event.currentTarget)}
			/>
		</div>
	);
}
