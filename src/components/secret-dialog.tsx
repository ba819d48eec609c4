import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { CopyField } from "./copy-field.tsx";
import { Dialog } from "./dialog.tsx";

export interface SecretDialogProps {
	readonly title: string;
	readonly text: string;
	readonly what: string;
	readonly value: string;
	readonly onClose: () => void;
}

/** Shows something that will not be shown again. */
export function SecretDialog({ title, text: words, what, value, onClose }: SecretDialogProps) {
	return (
		<Dialog
			title={title}
			lead={words}
			onClose={onClose}
			actions={<Button onClick={onClose}>{text("secret.done")}</Button>}
		>
			<CopyField what={what} value={value} />
		</Dialog>
	);
}
