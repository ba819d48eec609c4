import { CloudAlert } from "lucide-react";
import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { EmptyState, type EmptyStateProps } from "./empty-state.tsx";

export interface FailedStateProps extends Pick<EmptyStateProps, "text" | "level"> {
	/** What did not come; absent: "This". */
	readonly title?: string;
	readonly onRetry: () => void;
}

/** What stands in the place of content that did not come, with the way to ask again. */
export function FailedState({ title = text("common.failedTitle"), onRetry, ...words }: FailedStateProps) {
	"use no memo";
	return (
		<EmptyState
			{...words}
			title={title}
			role="alert"
			icon={CloudAlert}
			action={
				<Button look="second" onClick={onRetry}>
					{text("common.retry")}
				</Button>
			}
		/>
	);
}
