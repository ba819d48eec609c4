import type { FormEvent, ReactNode } from "react";
import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { FormError } from "./form-error.tsx";
import { Modal } from "./modal.tsx";

export interface FormDialogProps {
	readonly title: string;
	readonly lead?: string;
	readonly action: string;
	readonly look?: "primary" | "danger";
	readonly isBusy: boolean;
	readonly error: string | undefined;
	readonly children: ReactNode;
	readonly onSubmit: () => void;
	readonly onClose: () => void;
}

/** A dialog that asks for something and does it. */
export function FormDialog(props: FormDialogProps) {
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (!props.isBusy) props.onSubmit();
	};
	return (
		<Modal className="dialog" label={props.title} onClose={props.onClose}>
			<form className="sheet sheet-body" onSubmit={submit}>
				<h2>{props.title}</h2>
				{props.lead !== undefined && <p className="lead">{props.lead}</p>}
				{props.children}
				<FormError message={props.error} />
				<div className="sheet-actions">
					<Button look="second" onClick={props.onClose}>
						{text("common.cancel")}
					</Button>
					<Button type="submit" look={props.look ?? "primary"} isBusy={props.isBusy}>
						{props.action}
					</Button>
				</div>
			</form>
		</Modal>
	);
}
