import { type FormEvent, useState } from "react";
import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { FormError } from "./form-error.tsx";
import { Modal } from "./modal.tsx";
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
export function NameDialog(props: NameDialogProps) {
	const [name, setName] = useState(props.name);
	const save = (event: FormEvent) => {
		event.preventDefault();
		if (name.trim() !== "") props.onSave(name.trim());
	};
	return (
		<Modal className="dialog" label={props.title} onClose={props.onClose}>
			<form className="sheet sheet-body" onSubmit={save}>
				<h2>{props.title}</h2>
				<TextField
					label={props.label}
					name="name"
					autoComplete="off"
					required
					maxLength={64}
					value={name}
					onChange={(event) => setName(event.target.value)}
				/>
				<FormError message={props.error} />
				<div className="sheet-actions">
					<Button look="second" onClick={props.onClose}>
						{text("common.cancel")}
					</Button>
					<Button type="submit" isBusy={props.isBusy}>
						{text("common.save")}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
