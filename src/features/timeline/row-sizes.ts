import type { VirtualItem, Virtualizer } from "@tanstack/react-virtual";
import { SizeEstimates } from "./size-estimates.ts";
import type { RowHead } from "./timeline-snapshot.ts";

/** How far below the upper edge the first row may begin whose own head still stands above what is read. */
const headPx = 96;

/** Everything that is known of the rows' heights, and which changes of them the scroll position has to make good. */
export class RowSizes {
	readonly #estimates = new SizeEstimates();
	readonly #leads = new Map<string, string>();
	readonly #changedLeads = new Set<unknown>();
	/**
	 * How far the list's position is ahead of the browser's: from the drawing of older rows in front until the browser is
	 * scrolled past them. New rows are measured in between.
	 */
	aheadPx = 0;

	estimate(row: RowHead | undefined, width: number): number {
		return row === undefined ? 0 : this.#estimates.of(row, width);
	}

	/** Takes in a measured row. */
	note(row: RowHead, width: number, height: number): void {
		this.#estimates.learn(row, width, height);
		const lead = `${row.isDayStart} ${row.isUnreadStart} ${row.isFirst}`;
		const known = this.#leads.get(row.key);
		if (known !== undefined && known !== lead) this.#changedLeads.add(row.key);
		this.#leads.set(row.key, lead);
	}

	/**
	 * True: what is read stays where it is only if the scroll position moves along. So it is with rows above the screen,
	 * and with the first row on it when the date or the name above its text went or came: older messages in front of it
	 * do that. A row that grows at its foot (a reaction, an edit) pushes down what is below, which is right.
	 */
	readonly movesReading = (
		item: VirtualItem,
		_: number,
		list: Virtualizer<HTMLDivElement, HTMLDivElement>,
	): boolean => {
		// The list itself hears of a new position only with the next scroll event, which may come after the rows are measured.
		const edge = list.scrollElement === null ? (list.scrollOffset ?? 0) : list.scrollElement.scrollTop + this.aheadPx;
		const hasNewLead = this.#changedLeads.delete(item.key);
		if (hasNewLead) return item.start < edge + headPx;
		// A row that was guessed right until now is not in there either.
		return list.itemSizeCache.has(item.key) ? item.end <= edge : item.start < edge;
	};
}
