import { Button } from "../../components/button.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Modal } from "../../components/modal.tsx";
import { PeoplePicker, type PeoplePickerProps } from "../../components/people-picker.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

export interface InviteDialogProps extends InfoDialogProps {
	readonly people: Pick<PeoplePickerProps, "query" | "search" | "onQuery">;
}

/** Invites whom one picks. */
export function InviteDialog({ roomName, error, people, onDo, onClose }: InviteDialogProps) {
	const title = text("info.inviteTitle", { name: roomName });
	return (
		<Modal className="dialog" label={title} onClose={onClose}>
			<div className="sheet sheet-body">
				<h2>{title}</h2>
				<FormError message={error} />
				<div className="dialog-picker">
					<PeoplePicker {...people} onPick={({ userId }) => onDo({ kind: "invite", userId })} hasFocus />
				</div>
				<div className="sheet-actions">
					<Button look="second" onClick={onClose}>
						{text("common.cancel")}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
