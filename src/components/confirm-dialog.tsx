import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { FormError } from "./form-error.tsx";
import { Modal } from "./modal.tsx";

export interface ConfirmDialogProps {
	readonly title: string;
	readonly text: string;
	readonly action: string;
	readonly isBusy?: boolean;
	readonly error?: string | undefined;
	readonly onConfirm: () => void;
	readonly onClose: () => void;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
	return (
		<Modal className="dialog" label={props.title} onClose={props.onClose}>
			<div className="sheet sheet-body">
				<h2>{props.title}</h2>
				<p className="lead">{props.text}</p>
				<FormError message={props.error} />
				<div className="sheet-actions">
					<Button look="second" onClick={props.onClose}>
						{text("common.cancel")}
					</Button>
					<Button look="danger" isBusy={props.isBusy === true} onClick={props.onConfirm}>
						{props.action}
					</Button>
				</div>
			</div>
		</Modal>
	);
}
