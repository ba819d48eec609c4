import type { ClientContext } from "../client/client-bench.ts";
import type { Figure } from "../figure.ts";

/** What a bench of encryption is given. */
export interface E2eeContext extends ClientContext {
	/** The browser that `launch` starts. */
	readonly browserPath: string;
	/** Milliseconds that a page was busy for its crypto engine, each time in one go. */
	noteMainThread(takenMs: readonly number[]): void;
}

/** Figures that are measured together. */
export interface E2eeBench {
	readonly ids: readonly string[];
	measure(context: E2eeContext): Promise<readonly Figure[]>;
}
