import * as z from "zod";
import type { TextCleaner } from "./clean-text.ts";
import { withoutUnseen } from "./unseen-characters.ts";

/** A line of an answer with what it rests on: numbers of the sources, as they were given. */
export interface CitedLine {
	readonly text: string;
	readonly cites: readonly number[];
	readonly label: "plain" | "action" | "decision";
}

const longestLine = 1_000;
const mostCites = 8;
const writtenLine = z.object({
	text: z.string(),
	cites: z.array(z.unknown()).default([]),
	label: z.enum(["plain", "action", "decision"]).catch("plain"),
});
/** A model that is used to it writes them into the text as well. */
const inlineCites = /\s*\[\s*\d{1,4}(?:\s*,\s*\d{1,4})*\s*\]/g;

/**
 * What of a written line holds: its text as plain text, its citations as far as there are such sources. Undefined for what
 * is no line, or is empty.
 * @param count of the sources, which are numbered from 1
 */
export const citedLine = (
	written: unknown,
	{ count, cleaner }: { readonly count: number; readonly cleaner: Pick<TextCleaner, "clean"> },
): CitedLine | undefined => {
	const { data } = writtenLine.safeParse(written);
	if (data === undefined) return undefined;
	// Taken out before: what is joined by that must not be an address that nobody has looked at.
	const words = withoutUnseen(data.text.slice(0, longestLine)).replace(inlineCites, "");
	const text = cleaner.clean(words).replaceAll(/\s+/g, " ").trim();
	if (text === "") return undefined;
	const isSource = (cite: unknown): cite is number =>
		typeof cite === "number" && Number.isInteger(cite) && cite >= 1 && cite <= count;
	const cites = [...new Set(data.cites.map(numberOf).filter(isSource))].slice(0, mostCites);
	return { text, cites, label: data.label };
};

const numberOf = (cite: unknown): unknown => (typeof cite === "string" && /^\d{1,4}$/.test(cite) ? Number(cite) : cite);

/** The form of such an answer for a model: the numbers of the sources are all that it can cite. */
export const citedLinesSchema = (
	count: number,
	{ mostLines, labels }: { readonly mostLines: number; readonly labels?: boolean },
): object => ({
	type: "object",
	properties: {
		known: { type: "boolean" },
		lines: {
			type: "array",
			minItems: 1,
			maxItems: mostLines,
			items: {
				type: "object",
				properties: {
					...(labels === true ? { label: { type: "string", enum: ["plain", "action", "decision"] } } : {}),
					cites: {
						type: "array",
						minItems: 1,
						maxItems: 4,
						items: { type: "integer", enum: Array.from({ length: count }, (_, index) => index + 1) },
					},
					text: { type: "string" },
				},
				required: [...(labels === true ? ["label"] : []), "cites", "text"],
			},
		},
	},
	required: ["known", "lines"],
});
