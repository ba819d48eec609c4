import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

export interface EmptyStateProps {
	readonly icon: LucideIcon;
	readonly title: string;
	readonly text: string;
	/** One thing to do about it. */
	readonly action?: ReactNode;
	/** `status` where the state is news (a failure), so that a screen reader says it. */
	readonly role?: "status" | "alert";
}

/** What a pane shows instead of content: nothing yet, failed, forbidden, not found. */
export function EmptyState({ icon, title, text, action, role }: EmptyStateProps) {
	return (
		<div className="empty" role={role}>
			<span className="glyph">
				<Icon of={icon} size={24} />
			</span>
			<h2>{title}</h2>
			<p>{text}</p>
			{action}
		</div>
	);
}
