import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/dialog.tsx";
import { PeoplePicker, type PeoplePickerProps } from "../../components/people-picker.tsx";
import { text } from "../../shared/text/text.ts";
import type { InfoDialogProps } from "./info-dialog-props.ts";

export interface InviteDialogProps extends InfoDialogProps {
	readonly people: Pick<PeoplePickerProps, "query" | "search" | "onQuery">;
}

/** Invites whom one picks. */
export function InviteDialog({ roomName, error, people, onDo, onClose }: InviteDialogProps) {
	return (
		<Dialog
			title={text("info.inviteTitle", { name: roomName })}
			error={error}
			onClose={onClose}
			actions={
				<Button look="second" onClick={onClose}>
					{text("common.cancel")}
				</Button>
			}
		>
			<div className="dialog-picker">
				<PeoplePicker {...people} onPick={({ userId }) => onDo({ kind: "invite", userId })} hasFocus />
			</div>
		</Dialog>
	);
}
