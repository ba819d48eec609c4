import type { LucideIcon } from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";
import { Modal } from "./modal.tsx";

export interface MenuItem {
	readonly id: string;
	readonly icon: LucideIcon;
	readonly label: string;
	readonly isDanger?: boolean;
	readonly onChoose: () => void;
}

export interface MenuProps {
	readonly label: string;
	readonly items: readonly MenuItem[];
	readonly onClose: () => void;
	readonly anchor?: HTMLElement | undefined;
	/** Stands above the items, for example a row of reactions. */
	readonly head?: ReactNode;
}

/** A menu beside its button, or a sheet from the bottom on a phone. Arrow keys move, Enter chooses, Escape closes. */
export function Menu({ label, items, onClose, anchor, head }: MenuProps) {
	return (
		<Modal className="menu-dialog" label={label} onClose={onClose} anchor={anchor}>
			<div className="menu" role="menu" aria-label={label} tabIndex={-1} onKeyDown={moveFocus}>
				<div className="grip" />
				{head}
				{items.map((item) => (
					<button
						key={item.id}
						type="button"
						role="menuitem"
						className={classNames("menu-item", item.isDanger === true && "is-danger")}
						onClick={() => {
							onClose();
							item.onChoose();
						}}
					>
						<Icon of={item.icon} />
						<span>{item.label}</span>
					</button>
				))}
			</div>
		</Modal>
	);
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined) return;
	event.preventDefault();
	const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
	const at = items.indexOf(document.activeElement as HTMLElement);
	items[(at + step + items.length) % items.length]?.focus();
}
