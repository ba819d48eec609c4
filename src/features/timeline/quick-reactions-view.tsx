import { Plus } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

export interface QuickReactionsProps {
	readonly message: MessageSnapshot;
	readonly reactions: readonly string[];
	/** What the buttons are to a screen reader: a menu's items, or plain buttons. */
	readonly role?: "menuitem";
	readonly onReact: (key: string) => void;
	/** Opens the choice of any other; absent where it is open. */
	readonly onMore?: () => void;
}

/** The reader's usual reactions in a row. */
export function QuickReactionsView({ message, reactions, role, onReact, onMore }: QuickReactionsProps) {
	return (
		<div className="menu-reactions">
			{reactions.map((key) => (
				<button
					key={key}
					type="button"
					role={role}
					aria-label={text("message.reactWith", { key })}
					data-own={message.reactions.some((reaction) => reaction.key === key && reaction.isOwn)}
					onClick={() => onReact(key)}
				>
					{key}
				</button>
			))}
			{onMore !== undefined && (
				<button type="button" role={role} aria-label={text("message.reactMore")} onClick={onMore}>
					<Icon of={Plus} />
				</button>
			)}
		</div>
	);
}
