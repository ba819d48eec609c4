import { text } from "../shared/text/text.ts";
import { Button } from "./button.tsx";
import { CopyField } from "./copy-field.tsx";
import { Modal } from "./modal.tsx";

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
		<Modal className="dialog" label={title} onClose={onClose}>
			<div className="sheet sheet-body">
				<h2>{title}</h2>
				<p className="lead">{words}</p>
				<CopyField what={what} value={value} />
				<div className="sheet-actions">
					<Button onClick={onClose}>{text("secret.done")}</Button>
				</div>
			</div>
		</Modal>
	);
}
