import type { KeyboardEvent } from "react";

/** Arrow keys, Home and End move the focus between the chats; Tab leaves them. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
	if (event.altKey || event.ctrlKey || event.metaKey) return;
	const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(".row")];
	const at = rows.findIndex((row) => row.contains(document.activeElement));
	if (at === -1) return;
	const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
	if (next === undefined) return;
	event.preventDefault();
	rows[Math.min(Math.max(0, next), rows.length - 1)]?.focus();
}

export function toFirstRow(list: Element | null): void {
	list?.querySelector<HTMLElement>(".row")?.focus();
}
