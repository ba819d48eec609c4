import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { Dialog, type DialogProps } from "./dialog.tsx";

export interface FormDialogProps extends Omit<DialogProps, "actions" | "onSubmit"> {
	readonly action: string;
	/** What the way out is called; absent: "Cancel". */
	readonly cancel?: string;
	readonly look?: "primary" | "danger";
	readonly isBusy: boolean;
	readonly onSubmit: () => void;
}

/** A dialog that asks for something and does it. */
export function FormDialog({ action, cancel, look = "primary", isBusy, onSubmit, ...dialog }: FormDialogProps) {
	return (
		<Dialog
			{...dialog}
			onSubmit={() => {
				if (!isBusy) onSubmit();
			}}
			actions={
				<>
					<Button look="second" onClick={dialog.onClose}>
						{cancel ?? text("common.cancel")}
					</Button>
					<Button type="submit" look={look} isBusy={isBusy}>
						{action}
					</Button>
				</>
			}
		/>
	);
}
