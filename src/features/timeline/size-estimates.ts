import type { RowHead } from "./timeline-snapshot.ts";

const lineHeight = 20;
const letterWidth = 7.3;
/** Padding of a bubble and the room that its time takes. */
const bubbleHeight = 13;
const bubbleRoom = 70;
const largestBubble = 620;
const leads = { day: 46, unread: 42, name: 19, betweenGroups: 10, insideGroup: 2 } as const;
const serviceHeight = 44;

/**
 * Guesses how high rows are before they are seen, and learns from those that were. A guess once given for a row stays:
 * a row above the screen that changed its mind would move what is read.
 */
export class SizeEstimates {
	readonly #given = new Map<string, number>();
	#ratio = 1;

	of(row: RowHead, width: number): number {
		const known = this.#given.get(row.key);
		if (known !== undefined) return known;
		const guess = Math.round(rawGuess(row, width) * (row.kind === "message" ? this.#ratio : 1));
		this.#given.set(row.key, guess);
		return guess;
	}

	/** Takes in how high a row really is. */
	learn(row: RowHead, width: number, height: number): void {
		if (row.kind !== "message") return;
		const ratio = Math.min(2, Math.max(0.5, height / rawGuess(row, width)));
		this.#ratio += (ratio - this.#ratio) / 16;
	}
}

function rawGuess(row: RowHead, width: number): number {
	const lead = (row.isDayStart ? leads.day : 0) + (row.isUnreadStart ? leads.unread : 0);
	if (row.kind === "service") return lead + serviceHeight;
	const group = row.isFirst ? leads.betweenGroups + (row.isOwn ? 0 : leads.name) : leads.insideGroup;
	const room = Math.max(120, Math.min(width * 0.68, largestBubble) - bubbleRoom);
	const lines = Math.max(row.lines, Math.ceil((row.length * letterWidth) / room));
	return (
		lead +
		group +
		bubbleHeight +
		pictureHeight(row, room + bubbleRoom) +
		(row.picture && row.length === 0 ? 0 : lines * lineHeight)
	);
}

/** A picture keeps its shape in a narrow bubble. */
function pictureHeight({ picture }: RowHead, room: number): number {
	return picture === undefined ? 0 : (Math.min(picture.width, room) / picture.width) * picture.height;
}
