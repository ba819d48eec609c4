import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextArea } from "../../components/text-area.tsx";
import "../../shared/text/en/console.ts";
import { text } from "../../shared/text/text.ts";

export interface ContactDialogProps {
	/** Who runs the server, without the person. */
	readonly owners: readonly { readonly userId: string; readonly displayName: string }[];
	readonly ownerId: string;
	/** What is sent: this and nothing else. */
	readonly message: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	/** Nobody can be written to. */
	readonly none: string | undefined;
	readonly onOwner: (userId: string) => void;
	readonly onMessage: (message: string) => void;
	readonly onSend: () => void;
	readonly onClose: () => void;
}

/** Hands a question over to whoever runs the server, once its person has seen what is sent. */
export function ContactDialogView(props: ContactDialogProps) {
	const { owners, ownerId, message, none, onClose } = props;
	const name = owners.find(({ userId }) => userId === ownerId)?.displayName ?? "";
	if (none !== undefined) {
		const actions = <Button onClick={onClose}>{text("common.close")}</Button>;
		return <Dialog title={text("contact.title")} lead={none} actions={actions} onClose={onClose} />;
	}
	return (
		<FormDialog
			title={text("contact.title")}
			lead={text("contact.lead", { name })}
			action={text("contact.go", { name })}
			isBusy={props.isBusy || message.trim() === ""}
			error={props.error}
			onSubmit={props.onSend}
			onClose={onClose}
		>
			{owners.length > 1 && (
				<SelectField
					label={text("contact.to")}
					value={ownerId}
					options={owners.map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
					onChoose={props.onOwner}
				/>
			)}
			<TextArea
				label={text("contact.message")}
				rows={5}
				maxLength={4_000}
				value={message}
				onChange={(event) => props.onMessage(event.target.value)}
			/>
		</FormDialog>
	);
}
