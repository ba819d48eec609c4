import { CircleAlert } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import { text } from "../../shared/text/text.ts";
import type { MessageActions } from "./message-actions.ts";
import type { MessageSnapshot } from "./timeline-snapshot.ts";

export interface FailedProps {
	readonly actions: Pick<MessageActions, "onRetry" | "onDiscard">;
	readonly message: MessageSnapshot;
}

/** A message that the server refused: why, and what can be done. */
export function FailedView({ message, actions }: FailedProps) {
	const { transactionId } = message;
	if (transactionId === undefined) return null;
	return (
		<div className="failed">
			<span title={message.failure}>
				<Icon of={CircleAlert} size={16} />
				{text("message.failed")}
				<span className="visually-hidden">: {message.failure}</span>
			</span>
			<button type="button" className="text-button" onClick={() => actions.onRetry(transactionId)}>
				{text("message.retry")}
			</button>
			<button type="button" className="text-button is-danger" onClick={() => actions.onDiscard(transactionId)}>
				{text("message.discard")}
			</button>
		</div>
	);
}
