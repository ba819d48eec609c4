import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

export interface ReactionsProps {
	readonly message: MessageSnapshot;
	readonly actions: MessageActions;
	readonly tabIndex: number;
}

/** The reactions that hang from a bubble; each adds the reader's own, or takes it back. */
export function ReactionsView({ message, actions, tabIndex }: ReactionsProps) {
	const { eventId, reactions } = message;
	if (eventId === undefined || reactions.length === 0) return null;
	return (
		<fieldset className="reactions" aria-label={text("message.reactions")}>
			{reactions.map(({ key, count, isOwn }) => (
				<button
					key={key}
					type="button"
					tabIndex={tabIndex}
					className="reaction"
					aria-pressed={isOwn}
					aria-label={isOwn ? text("message.reactionOwn", { key, count }) : text("message.reaction", { key, count })}
					disabled={!actions.canSend}
					onClick={() => actions.onReact(eventId, key)}
				>
					<i aria-hidden="true">{key}</i>
					{count}
				</button>
			))}
		</fieldset>
	);
}
