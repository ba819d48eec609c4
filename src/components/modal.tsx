import { type ReactNode, useEffect, useRef } from "react";

export interface ModalProps {
	readonly className: string;
	readonly label: string;
	readonly onClose: () => void;
	readonly children: ReactNode;
	/** The button it belongs to: a menu opens beside it where there is room. */
	readonly anchor?: HTMLElement | undefined;
}

/** A native modal dialog that is open while it is mounted; Escape and a press outside close it. */
export function Modal({ className, label, onClose, children, anchor }: ModalProps) {
	const ref = useRef<HTMLDialogElement>(null);
	useEffect(() => {
		const dialog = ref.current;
		if (dialog === null) return;
		const opener = document.activeElement;
		dialog.showModal();
		if (anchor !== undefined) placeBeside(dialog, anchor);
		return () => {
			dialog.close();
			if (opener instanceof HTMLElement) opener.focus({ preventScroll: true });
		};
	}, [anchor]);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the platform closes a modal dialog on Escape; this is the press outside.
		<dialog
			ref={ref}
			className={className}
			aria-label={label}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onClick={(event) => {
				if (event.target === ref.current) onClose();
			}}
		>
			{children}
		</dialog>
	);
}

/** Keeps the whole menu on the screen: below the button if it fits, else above; measured from the start edge. */
function placeBeside(dialog: HTMLDialogElement, anchor: HTMLElement): void {
	const button = anchor.getBoundingClientRect();
	const size = dialog.getBoundingClientRect();
	const edge = 8;
	const below = button.bottom + 4;
	const top = below + size.height + edge <= innerHeight ? below : Math.max(edge, button.top - 4 - size.height);
	const isRightToLeft = getComputedStyle(dialog).direction === "rtl";
	const start = isRightToLeft ? innerWidth - button.right : button.left;
	const inline = Math.min(Math.max(edge, start), innerWidth - size.width - edge);
	dialog.style.setProperty("--x", `${inline}px`);
	dialog.style.setProperty("--y", `${top}px`);
}
