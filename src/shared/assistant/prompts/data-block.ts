import { withoutUnseen } from "../output/unseen-characters.ts";

/** A message or a passage as a model is shown it. */
export interface DataItem {
	readonly from: string;
	/** Milliseconds since the Unix epoch; undefined: it has no moment. */
	readonly at: number | undefined;
	readonly text: string;
}

/** One line of JSON, which no line break and no quotation mark in it can leave; without what nobody sees. */
export const dataLine = ({ from, at, text }: DataItem, number: number): string =>
	JSON.stringify({
		n: number,
		...(at === undefined ? {} : { at: new Date(at).toISOString().slice(0, 16) }),
		from: withoutUnseen(from).replaceAll("\n", " "),
		text: withoutUnseen(text),
	});

/** What is in front of the data, and behind them. */
const openingMark = (boundary: string): string => `<<<${boundary}`;
const closingMark = (boundary: string): string => `${boundary}>>>`;

/** Lines of data between their marks, and the question behind them. */
export const userPrompt = ({
	lines,
	boundary,
	question,
}: {
	readonly lines: readonly string[];
	readonly boundary: string;
	readonly question: string;
}): string => [...markedLines(lines, boundary), question].join("\n");

/** Lines of data with what is in front of them and behind them. */
export const markedLines = (lines: readonly string[], boundary: string): readonly string[] => [
	openingMark(boundary),
	...lines,
	closingMark(boundary),
];
