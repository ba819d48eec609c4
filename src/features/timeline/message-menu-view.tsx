import { AlarmClock, Copy, Eye, Languages, Link2, Pencil, Reply, Trash2 } from "lucide-react";
import { Menu, type MenuItem } from "../../components/menu.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import { QuickReactionsView } from "./quick-reactions-view.tsx";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

export interface MessageMenuProps {
	readonly message: MessageSnapshot;
	readonly actions: MessageActions;
	readonly anchor: HTMLElement | undefined;
	readonly onMoreReactions: () => void;
	readonly onClose: () => void;
}

/** Everything that can be done with one message. */
export function MessageMenuView({ message, actions, anchor, onMoreReactions, onClose }: MessageMenuProps) {
	const { eventId } = message;
	if (eventId === undefined) return null;
	const react = (key: string) => {
		onClose();
		actions.onReact(eventId, key);
	};
	return (
		<Menu
			label={text("message.menuOf", { name: message.senderName })}
			items={itemsFor(message, eventId, actions)}
			anchor={anchor}
			onClose={onClose}
			head={
				actions.canSend && (
					<>
						<QuickReactionsView
							message={message}
							reactions={actions.frequentReactions}
							role="menuitem"
							onReact={react}
							onMore={onMoreReactions}
						/>
						<div className="menu-line" />
					</>
				)
			}
		/>
	);
}

function itemsFor(message: MessageSnapshot, eventId: string, actions: MessageActions): readonly MenuItem[] {
	const items: (MenuItem | false)[] = [
		actions.canSend && {
			id: "reply",
			icon: Reply,
			label: text("message.reply"),
			onChoose: () => actions.onReply(eventId),
		},
		actions.canSend &&
			message.isOwn && {
				id: "edit",
				icon: Pencil,
				label: text("message.edit"),
				onChoose: () => actions.onEdit(eventId),
			},
		message.text !== "" && {
			id: "copy",
			icon: Copy,
			label: text("message.copy"),
			onChoose: () => actions.onCopy(message.text),
		},
		message.text !== "" &&
			actions.onTranslate !== undefined && {
				id: "translate",
				icon: Languages,
				label: text("message.translate"),
				onChoose: () => actions.onTranslate?.(eventId),
			},
		message.text !== "" && {
			id: "remind",
			icon: AlarmClock,
			label: text("message.remind"),
			onChoose: () => actions.onRemind(eventId, message.text),
		},
		{ id: "link", icon: Link2, label: text("message.copyLink"), onChoose: () => actions.onCopyLink(eventId) },
		message.isOwn && {
			id: "readers",
			icon: Eye,
			label: text("message.readers"),
			onChoose: () => actions.onShowReaders(eventId),
		},
		(message.isOwn || actions.canDeleteOthers) && {
			id: "delete",
			icon: Trash2,
			label: text("message.delete"),
			isDanger: true,
			onChoose: () => actions.onDelete(eventId),
		},
	];
	return items.filter((item) => item !== false);
}
