import { useState } from "react";
import { text } from "../shared/text/text.ts";
import { FormDialog } from "./form-dialog.tsx";
import { TextField } from "./text-field.tsx";

export interface NameDialogProps {
	readonly title: string;
	readonly label: string;
	readonly name: string;
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly onSave: (name: string) => void;
	readonly onClose: () => void;
}

/** Asks for another name of something. */
export function NameDialog({ label, name: before, onSave, ...dialog }: NameDialogProps) {
	const [name, setName] = useState(before);
	const save = () => {
		if (name.trim() !== "") onSave(name.trim());
	};
	return (
		<FormDialog {...dialog} action={text("common.save")} onSubmit={save}>
			<TextField
				label={label}
				name="name"
				autoComplete="off"
				required
				maxLength={64}
				value={name}
				onChange={(event) => setName(event.target.value)}
			/>
		</FormDialog>
	);
}
