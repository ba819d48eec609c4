import type { ReactNode } from "react";
import { EmptyState, type EmptyStateProps } from "../../components/empty-state.tsx";

/** Why there are no messages. */
export function Note(props: EmptyStateProps) {
	return (
		<Card>
			<EmptyState {...props} />
		</Card>
	);
}

/** What stands on the wallpaper instead of messages is a card, so that it can be read on any pattern. */
export function Card({ children }: { readonly children: ReactNode }) {
	return (
		<div className="chat-fill">
			<div className="card note">{children}</div>
		</div>
	);
}
