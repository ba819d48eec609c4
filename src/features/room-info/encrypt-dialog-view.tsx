import { FormDialog } from "../../components/form-dialog.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

/** Asks before a chat is encrypted, which nobody can take back. */
export function EncryptDialog({ details, isBusy, error, onDo, onClose }: InfoDialogProps) {
	const isOpen = details.joinRule === "public" || details.historyVisibility === "world_readable";
	return (
		<FormDialog
			title={text("encryption.title")}
			lead={text("encryption.lead")}
			action={text("encryption.action")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onDo({ kind: "encrypt" })}
			onClose={onClose}
		>
			<ul className="explain">
				<li>{text("encryption.forGood")}</li>
				<li>{text("encryption.before")}</li>
				{isOpen && <li>{text("encryption.open")}</li>}
			</ul>
		</FormDialog>
	);
}
