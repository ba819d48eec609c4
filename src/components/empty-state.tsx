import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

export interface EmptyStateProps {
	readonly icon: LucideIcon;
	readonly title: string;
	readonly text: string;
	/** One thing to do about it. */
	readonly action?: ReactNode;
	/** The heading's level: 1 where this is all that the page shows. */
	readonly level?: 1 | 2;
	/** `status` where the state is news (a failure), so that a screen reader says it. */
	readonly role?: "status" | "alert";
}

/** What a pane shows instead of content: nothing yet, failed, forbidden, not found. */
export function EmptyState({ icon, title, text, action, role, level }: EmptyStateProps) {
	"use no memo";
	const Heading = level === 1 ? "h1" : "h2";
	return (
		<div className="empty" role={role}>
			<span className="glyph">
				<Icon of={icon} size={24} />
			</span>
			<Heading>{title}</Heading>
			<p>{text}</p>
			{action}
		</div>
	);
}
