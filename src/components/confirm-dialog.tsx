import { FormDialog } from "./form-dialog.tsx";

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
export function ConfirmDialog({ text, isBusy = false, onConfirm, ...dialog }: ConfirmDialogProps) {
	return <FormDialog {...dialog} look="danger" lead={text} isBusy={isBusy} onSubmit={onConfirm} />;
}
