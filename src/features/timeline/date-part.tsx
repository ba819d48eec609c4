import { useMutation } from "@tanstack/react-query";
import { failureOf } from "../../client/trpc/errors.ts";
import { api } from "../../client/trpc/trpc.ts";
import { failureText } from "../../shared/text/failure-text.ts";
import { text } from "../../shared/text/text.ts";
import { DateDialogView } from "./date-dialog-view.tsx";

export interface DatePartProps {
	readonly roomId: string;
	/** A moment of the day to begin with. */
	readonly ts: number;
	readonly onFound: (eventId: string) => void;
	readonly onClose: () => void;
}

/** Goes to the first message of a day that is chosen; other servers may have it. */
export function DatePart({ roomId, ts, onFound, onClose }: DatePartProps) {
	const find = useMutation({
		mutationFn: (day: number) => api.messages.atDate.query({ roomId, ts: day }),
		onSuccess: ({ eventId }) => onFound(eventId),
	});
	const code = find.error === null ? undefined : failureOf(find.error).code;
	return (
		<DateDialogView
			ts={ts}
			isBusy={find.isPending}
			error={code && (code === "not-found" ? text("chat.dateNone") : failureText(code))}
			onFind={find.mutate}
			onClose={onClose}
		/>
	);
}
