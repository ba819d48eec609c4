import type { WireChart } from "../../shared/wire/commands.ts";

/** What a command answered, as it is shown. */
export type ShownResult =
	| ShownRows
	| ShownFacts
	| { readonly kind: "charts"; readonly charts: readonly ShownChart[] }
	| { readonly kind: "bars"; readonly title: string; readonly bars: readonly ShownBar[] }
	/** Lets somebody in, and is shown this once. */
	| { readonly kind: "link"; readonly link: string }
	| { readonly kind: "backup"; readonly facts: readonly ShownFact[] }
	| { readonly kind: "done"; readonly words: readonly string[] };

export interface ShownRows {
	readonly kind: "rows";
	readonly title: string;
	/** Above the name, and above each cell. */
	readonly columns: readonly string[];
	readonly rows: readonly ShownRow[];
	readonly note?: string | undefined;
}

export interface ShownRow {
	readonly key: string;
	readonly name: string;
	readonly detail?: string | undefined;
	readonly cells: readonly ShownCell[];
	readonly actions: readonly ShownAction[];
}

export interface ShownCell {
	readonly words: string;
	/** Drawn as a tag. */
	readonly look?: "ok" | "info" | "bad" | undefined;
}

export interface ShownFacts {
	readonly kind: "facts";
	readonly title: string;
	readonly facts: readonly ShownFact[];
	readonly actions: readonly ShownAction[];
}

export interface ShownFact extends ShownCell {
	readonly name: string;
}

/** A button that stands for a line which could be typed. */
export interface ShownAction {
	readonly label: string;
	/** With what it is about, for whoever does not see where it stands. */
	readonly name: string;
	readonly line: string;
}

export interface ShownChart {
	readonly chart: WireChart["chart"];
	readonly title: string;
	/** The figure that matters most. */
	readonly lead: string;
	readonly points: readonly ShownPoint[];
	/** Said in its place where there is nothing to draw. */
	readonly none: string | undefined;
}

export interface ShownPoint {
	readonly label: string;
	readonly words: string;
	/** Of the largest. */
	readonly share: number;
}

export interface ShownBar extends ShownPoint {
	readonly detail: string | undefined;
}

export interface ShowContext {
	readonly now: number;
	readonly ownUserId: string | undefined;
	readonly origin: string;
}
