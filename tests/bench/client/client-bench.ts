import type { Browser } from "playwright";
import type { Figure } from "../figure.ts";

/** What a bench of the client is given. */
export interface ClientContext {
	/** Starts a browser of its own, which ends with the bench. */
	launch(): Promise<Browser>;
	/** Where it says what it does. */
	say(line: string): void;
}

/** Figures that are measured together. */
export interface ClientBench {
	readonly ids: readonly string[];
	measure(context: ClientContext): Promise<readonly Figure[]>;
}
