import type { FormEvent, ReactNode } from "react";
import { FormError } from "./form-error.tsx";
import { Modal } from "./modal.tsx";

export interface DialogProps {
	readonly title: string;
	readonly lead?: string | undefined;
	readonly error?: string | undefined;
	readonly children?: ReactNode;
	/** The buttons under it; the one that does it stands last. */
	readonly actions: ReactNode;
	/** Present: it is a form, and this is what its submit button does. */
	readonly onSubmit?: () => void;
	readonly onClose: () => void;
}

/** A card over the page: what it is about, what it asks or shows, and the buttons. */
export function Dialog({ title, lead, error, children, actions, onSubmit, onClose }: DialogProps) {
	const content = (
		<>
			<h2>{title}</h2>
			{lead !== undefined && <p className="lead">{lead}</p>}
			{children}
			<FormError message={error} />
			<div className="sheet-actions">{actions}</div>
		</>
	);
	const submit = (event: FormEvent) => {
		event.preventDefault();
		onSubmit?.();
	};
	return (
		<Modal className="dialog" label={title} onClose={onClose}>
			{onSubmit === undefined ? (
				<div className="sheet sheet-body">{content}</div>
			) : (
				<form method="post" className="sheet sheet-body" onSubmit={submit}>
					{content}
				</form>
			)}
		</Modal>
	);
}
