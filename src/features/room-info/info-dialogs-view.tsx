import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Modal } from "../../components/modal.tsx";
import { PeoplePicker, type PeoplePickerProps } from "../../components/people-picker.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";

/** What the person is asked. */
export type OpenDialog =
	| { readonly kind: "invite" | "rename" | "leave" }
	| { readonly kind: "kick" | "ban"; readonly name: string };

export interface InfoDialogsProps {
	readonly dialog: OpenDialog;
	readonly roomName: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly people: Pick<PeoplePickerProps, "query" | "search" | "onQuery">;
	/** `value`: whom to invite, or the new name. */
	readonly onConfirm: (value: string) => void;
	readonly onClose: () => void;
}

export function InfoDialogsView(props: InfoDialogsProps) {
	const { dialog, roomName: name } = props;
	switch (dialog.kind) {
		case "invite":
			return <InviteDialog {...props} />;
		case "rename":
			return <RenameDialog {...props} />;
		case "leave":
			return (
				<Confirm
					{...props}
					title={text("info.leaveTitle", { name })}
					words={text("info.leaveText")}
					action={text("info.leave")}
				/>
			);
		case "kick":
			return (
				<Confirm
					{...props}
					title={text("member.kickTitle", { name: dialog.name })}
					words={text("member.kickText")}
					action={text("member.kick")}
				/>
			);
		case "ban":
			return (
				<Confirm
					{...props}
					title={text("member.banTitle", { name: dialog.name })}
					words={text("member.banText")}
					action={text("member.ban")}
				/>
			);
	}
}

type ConfirmProps = InfoDialogsProps & { readonly title: string; readonly words: string; readonly action: string };

function Confirm({ title, words, action, isBusy, error, onConfirm, onClose }: ConfirmProps) {
	return (
		<ConfirmDialog
			title={title}
			text={words}
			action={action}
			isBusy={isBusy}
			error={error}
			onConfirm={() => onConfirm("")}
			onClose={onClose}
		/>
	);
}

function InviteDialog({ roomName, error, people, onConfirm, onClose }: InfoDialogsProps) {
	const title = text("info.inviteTitle", { name: roomName });
	return (
		<Modal className="dialog" label={title} onClose={onClose}>
			<div className="sheet sheet-body">
				<h2>{title}</h2>
				<FormError message={error} />
				<div className="dialog-picker">
					<PeoplePicker {...people} onPick={(person) => onConfirm(person.userId)} hasFocus />
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

function RenameDialog({ roomName, isBusy, error, onConfirm, onClose }: InfoDialogsProps) {
	const [name, setName] = useState(roomName);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "") onConfirm(name);
	};
	return (
		<Modal className="dialog" label={text("info.renameTitle")} onClose={onClose}>
			<form className="sheet sheet-body" onSubmit={submit}>
				<h2>{text("info.renameTitle")}</h2>
				<TextField
					label={text("newGroup.name")}
					value={name}
					maxLength={120}
					required
					onChange={(event) => setName(event.target.value)}
				/>
				<FormError message={error} />
				<div className="sheet-actions">
					<Button look="second" onClick={onClose}>
						{text("common.cancel")}
					</Button>
					<Button type="submit" isBusy={isBusy}>
						{text("common.save")}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
