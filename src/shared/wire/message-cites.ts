/** On which messages of its room a line of a message rests. */
type CitedLine = {
	/** Of its text, counted from 0. */
	readonly line: number;
	readonly event_ids: readonly string[];
};

/** What a message says that its lines rest on, within the message and sealed with it. */
export type WireMessageCites = readonly CitedLine[];

const mostLines = 20;
const lastLine = 999;
const mostEvents = 8;
const longestId = 255;

/** By hand, for it is read in pages, which are made without a library for it. Undefined: it is anything else. */
export const readMessageCites = (written: unknown): WireMessageCites | undefined =>
	Array.isArray(written) && written.length <= mostLines && written.every(isCitedLine) ? written : undefined;

const isCitedLine = (written: unknown): written is CitedLine => {
	if (typeof written !== "object" || written === null || !("line" in written && "event_ids" in written)) return false;
	const { line, event_ids: ids } = written;
	return isLine(line) && Array.isArray(ids) && ids.length > 0 && ids.length <= mostEvents && ids.every(isEventId);
};

const isLine = (line: unknown): boolean => Number.isInteger(line) && Number(line) >= 0 && Number(line) <= lastLine;

const isEventId = (id: unknown): boolean =>
	typeof id === "string" && id.startsWith("$") && id.length >= 2 && id.length <= longestId;
