import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { text } from "../../shared/text/text.ts";

export interface AskToJoinProps {
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onKnock: (reason: string) => void;
	readonly onClose: () => void;
}

/** What goes with the wish to be let in. */
export function AskToJoinView({ isBusy, error, onKnock, onClose }: AskToJoinProps) {
	const [reason, setReason] = useState("");
	return (
		<FormDialog
			title={text("rooms.ask")}
			lead={text("rooms.askLead")}
			action={text("rooms.askSend")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onKnock(reason)}
			onClose={onClose}
		>
			<TextArea
				label={text("rooms.askWords")}
				hint={text("rooms.askHint")}
				maxLength={500}
				value={reason}
				onChange={(event) => setReason(event.target.value)}
			/>
		</FormDialog>
	);
}
