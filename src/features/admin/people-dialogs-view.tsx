import { useState } from "react";
import { ConfirmDialog } from "../../components/confirm-dialog.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
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
	return (
		<FormDialog
			title={text("adminPeople.addTitle")}
			lead={text("adminPeople.addText")}
			action={text("adminPeople.create")}
			isBusy={isBusy}
			error={error}
			onSubmit={() => onCreate(username.trim().toLowerCase(), name.trim())}
			onClose={onClose}
		>
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
		</FormDialog>
	);
}
