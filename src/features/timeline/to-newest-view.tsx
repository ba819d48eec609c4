import { ChevronDown } from "lucide-react";
import { CountBadge } from "../../components/count-badge.tsx";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";

export interface ToNewestProps {
	readonly unreadCount: number;
	readonly onPress: () => void;
}

/** The way back to the newest message, and how many have come since. */
export function ToNewestView({ unreadCount, onPress }: ToNewestProps) {
	const label = unreadCount > 0 ? text("chat.toNewestUnread", { count: unreadCount }) : text("chat.toNewest");
	return (
		<button type="button" className="to-end" aria-label={label} title={text("chat.toNewest")} onClick={onPress}>
			<Icon of={ChevronDown} />
			<CountBadge count={unreadCount} />
		</button>
	);
}
