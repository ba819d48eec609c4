import type { WireMessageCites } from "../../../../shared/wire/message-cites.ts";

/** Something that it says, and on which messages the lines of it rest. */
export interface Words {
	readonly body: string;
	readonly cites: WireMessageCites;
}

/** A line that rests on messages. */
export interface CitedWords {
	readonly words: string;
	readonly cites: readonly string[];
}

/** Puts lines together. None of them has a line break in it. */
export const putTogether = (lines: readonly (string | CitedWords)[]): Words => ({
	body: lines.map((line) => (typeof line === "string" ? line : line.words)).join("\n"),
	cites: lines.flatMap((line, index) =>
		typeof line === "string" || line.cites.length === 0 ? [] : [{ line: index, event_ids: [...line.cites] }],
	),
});
