import { useState } from "react";
import { FormDialog } from "../../components/form-dialog.tsx";
import { SwitchRow } from "../../components/switch-row.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { text } from "../../shared/text/text.ts";

interface DraftDialogProps {
	readonly onDraft: (instruction: string, withMessages: boolean) => void;
	readonly onClose: () => void;
}

const longest = 1000;

/** What a message is to say. */
export function DraftDialogView({ onDraft, onClose }: DraftDialogProps) {
	const [instruction, setInstruction] = useState("");
	const [withMessages, setWithMessages] = useState(true);
	const wanted = instruction.trim();
	return (
		<FormDialog
			title={text("writing.draftTitle")}
			lead={text("writing.draftLead")}
			action={text("writing.draftGo")}
			isBusy={false}
			onSubmit={() => {
				if (wanted !== "") onDraft(wanted, withMessages);
			}}
			onClose={onClose}
		>
			<TextArea
				label={text("writing.instruction")}
				maxLength={longest}
				value={instruction}
				onChange={(event) => setInstruction(event.target.value)}
			/>
			<div className="consent-ask">
				<SwitchRow
					label={text("writing.withMessages")}
					hint={text("writing.withMessagesHint")}
					isOn={withMessages}
					onChange={setWithMessages}
				/>
			</div>
		</FormDialog>
	);
}
