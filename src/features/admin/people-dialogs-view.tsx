import { type FormEvent, useState } from "react";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FormError } from "../../components/form-error.tsx";
import { Modal } from "../../components/modal.tsx";
import { SecretDialog } from "../../components/secret-dialog.tsx";
import { TextField } from "../../components/text-field.tsx";
import { text } from "../../shared/text/text.ts";

export interface PeopleDialogsProps {
	readonly dialog:
		| { readonly kind: "add" }
		| { readonly kind: "reset" | "disable"; readonly person: { readonly displayName: string } }
		| { readonly kind: "password"; readonly name: string; readonly password: string };
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onCreate: (localpart: string, displayName: string) => void;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
}

export function PeopleDialogsView(props: PeopleDialogsProps) {
	const { dialog, isBusy, error, onConfirm, onClose } = props;
	if (dialog.kind === "add") return <AddDialog {...props} />;
	if (dialog.kind === "password") {
		return (
			<SecretDialog
				title={text("adminPeople.passwordTitle", { name: dialog.name })}
				text={text("adminPeople.passwordText")}
				what={text("adminPeople.password")}
				value={dialog.password}
				onClose={onClose}
			/>
		);
	}
	const { displayName: name } = dialog.person;
	return (
		<ConfirmDialog
			title={text(`adminPeople.${dialog.kind}Title`, { name })}
			text={text(`adminPeople.${dialog.kind}Text`)}
			action={text(`adminPeople.${dialog.kind}`)}
			isBusy={isBusy}
			error={error}
			onConfirm={onConfirm}
			onClose={onClose}
		/>
	);
}

function AddDialog({ isBusy, error, onCreate, onClose }: PeopleDialogsProps) {
	const [name, setName] = useState("");
	const [username, setUsername] = useState("");
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onCreate(username.trim().toLowerCase(), name.trim());
	};
	return (
		<Modal className="dialog" label={text("adminPeople.addTitle")} onClose={onClose}>
			<form className="sheet sheet-body" onSubmit={submit}>
				<h2>{text("adminPeople.addTitle")}</h2>
				<p className="lead">{text("adminPeople.addText")}</p>
				<TextField
					label={text("adminPeople.displayName")}
					value={name}
					autoComplete="off"
					autoCapitalize="words"
					maxLength={120}
					required
					onChange={(event) => setName(event.target.value)}
				/>
				<TextField
					label={text("adminPeople.username")}
					value={username}
					autoComplete="off"
					maxLength={64}
					required
					before={<span className="affix">@</span>}
					onChange={(event) => setUsername(event.target.value)}
				/>
				<FormError message={error} />
				<div className="sheet-actions">
					<Button look="second" onClick={onClose}>
						{text("common.cancel")}
					</Button>
					<Button type="submit" isBusy={isBusy}>
						{text("adminPeople.create")}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
