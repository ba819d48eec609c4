import { observable } from "../store/observable.ts";

/** How the chat list stands beside the conversation, where both fit. */
export interface ListPane {
	readonly widthPx: number;
	/** True: only the pictures are shown. */
	readonly isCollapsed: boolean;
}

export const listWidthPx = { least: 280, most: 420, usual: 340 } as const;

const storageKey = "kith.list";

/** The choice of this browser's person. Until it is brought back it is the usual one, as in the page's HTML. */
export const listPane = observable<ListPane>({ widthPx: listWidthPx.usual, isCollapsed: false });

/** Brings back what was chosen before. */
export function restoreListPane(): void {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "{}");
		if (typeof kept !== "object" || kept === null) return;
		const { widthPx, isCollapsed } = kept as Readonly<Record<string, unknown>>;
		listPane.set((pane) => ({
			widthPx: typeof widthPx === "number" ? within(widthPx) : pane.widthPx,
			isCollapsed: isCollapsed === true,
		}));
	} catch {
		// What cannot be read is as good as never chosen.
	}
}

/** Changes the choice and keeps it. */
export function setListPane(change: Partial<ListPane>): void {
	listPane.set((pane) => ({ ...pane, ...change, widthPx: within(change.widthPx ?? pane.widthPx) }));
	try {
		localStorage.setItem(storageKey, JSON.stringify(listPane.get()));
	} catch {
		// Without storage it holds until the page is closed.
	}
}

function within(widthPx: number): number {
	return Math.round(Math.min(listWidthPx.most, Math.max(listWidthPx.least, widthPx)));
}
