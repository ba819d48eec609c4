import { Copy, Pencil, Reply, Trash2 } from "lucide-react";
import { Menu, type MenuItem } from "../../components/menu.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

const quickReactions = ["❤️", "👍", "😂", "😮", "😢", "🎉"] as const;

export interface MessageMenuProps {
	readonly message: MessageSnapshot;
	readonly actions: MessageActions;
	readonly anchor: HTMLElement | undefined;
	readonly onClose: () => void;
}

/** Everything that can be done with one message. */
export function MessageMenu({ message, actions, anchor, onClose }: MessageMenuProps) {
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
			head={actions.canSend && <QuickReactions message={message} onReact={react} />}
		/>
	);
}

interface QuickReactionsProps {
	readonly message: MessageSnapshot;
	readonly onReact: (key: string) => void;
}

function QuickReactions({ message, onReact }: QuickReactionsProps) {
	return (
		<>
			<div className="menu-reactions">
				{quickReactions.map((key) => (
					<button
						key={key}
						type="button"
						role="menuitem"
						aria-label={text("message.reactWith", { key })}
						data-own={message.reactions.some((reaction) => reaction.key === key && reaction.isOwn)}
						onClick={() => onReact(key)}
					>
						{key}
					</button>
				))}
			</div>
			<div className="menu-line" />
		</>
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
		{ id: "copy", icon: Copy, label: text("message.copy"), onChoose: () => actions.onCopy(message.text) },
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
