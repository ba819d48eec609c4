import { useState } from "react";
import { CheckboxField } from "../../components/checkbox-field.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { TextArea } from "../../components/text-area.tsx";
import { text } from "../../shared/text/text.ts";

export interface InvitationDialogsProps {
	readonly dialog: "block" | "report";
	readonly name: string;
	readonly userId: string;
	readonly ownServer: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onBlock: () => void;
	readonly onReport: (words: string, isBlocked: boolean) => void;
	readonly onClose: () => void;
}

export function InvitationDialogsView(props: InvitationDialogsProps) {
	const { dialog, name, userId, isBusy, error, onBlock, onClose } = props;
	if (dialog === "report") return <ReportDialog {...props} />;
	return (
		<ConfirmDialog
			title={text("invite.blockTitle", { name })}
			text={text("invite.blockText", { userId })}
			action={text("invite.block")}
			isBusy={isBusy}
			error={error}
			onConfirm={onBlock}
			onClose={onClose}
		/>
	);
}

function ReportDialog({ name, ownServer, isBusy, error, onReport, onClose }: InvitationDialogsProps) {
	const [words, setWords] = useState("");
	const [isBlocked, setBlocked] = useState(true);
	return (
		<FormDialog
			title={text("invite.reportTitle", { name })}
			lead={text("invite.reportText", { name, server: ownServer })}
			action={text("invite.report")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onReport(words, isBlocked)}
			onClose={onClose}
		>
			<TextArea
				label={text("invite.words")}
				hint={text("invite.wordsHint")}
				maxLength={1000}
				value={words}
				onChange={(event) => setWords(event.target.value)}
			/>
			<CheckboxField
				label={text("invite.andBlock", { name })}
				hint={text("invite.andBlockHint")}
				isChecked={isBlocked}
				onCheck={setBlocked}
			/>
		</FormDialog>
	);
}
