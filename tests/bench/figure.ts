/** One measured figure, as `--json` writes it. */
export interface Figure {
	readonly id: string;
	readonly value: number;
	readonly unit: "1/s" | "ms" | "bytes" | "MB" | "KB" | "px" | "nodes" | "messages" | "events" | "runs" | "×" | "%";
	/** What to reach; null: shown for orientation alone. */
	readonly target: number | null;
	/** Whether the value reaches the target; true where there is none. */
	readonly holds: boolean;
	/** Why the target is what it is, where it follows from the run itself. */
	readonly note?: string;
}

type Plain = Pick<Figure, "id" | "value" | "unit" | "note">;

/** A figure that has to be at most its target. */
export const atMost = (target: number, figure: Plain): Figure => ({ ...figure, target, holds: figure.value <= target });

/** A figure that has to be at least its target. */
export const atLeast = (target: number, figure: Plain): Figure => ({
	...figure,
	target,
	holds: figure.value >= target,
});

export const withoutTarget = (figure: Plain): Figure => ({ ...figure, target: null, holds: true });
