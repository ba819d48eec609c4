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
		const place = () => {
			if (anchor !== undefined) placeBeside(dialog, anchor);
		};
		dialog.showModal();
		place();
		addEventListener("resize", place);
		return () => {
			removeEventListener("resize", place);
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

const edge = 8;

/** Keeps the whole menu on the screen: below the button if it fits, else above; measured from the start edge. */
function placeBeside(dialog: HTMLDialogElement, anchor: HTMLElement): void {
	const button = anchor.getBoundingClientRect();
	const size = dialog.getBoundingClientRect();
	const below = button.bottom + 4;
	const top = below + size.height + edge <= innerHeight ? below : button.top - 4 - size.height;
	const isRightToLeft = getComputedStyle(dialog).direction === "rtl";
	const start = isRightToLeft ? innerWidth - button.right : button.left;
	dialog.style.setProperty("--x", `${within(start, innerWidth - size.width)}px`);
	dialog.style.setProperty("--y", `${within(top, innerHeight - size.height)}px`);
}

/** The button may have left the window, as when that became smaller. */
function within(at: number, room: number): number {
	return Math.max(edge, Math.min(at, room - edge));
}
