import { readMessageCites } from "../../shared/wire/message-cites.ts";

/** A message that a line rests on: the same one has the same number in all of them. */
export interface Cite {
	readonly eventId: string;
	readonly number: number;
}

/** What a message says that its lines rest on, by line; nothing, where that is anything else than what the assistant writes. */
export function readCites(written: unknown): ReadonlyMap<number, readonly Cite[]> {
	const data = readMessageCites(written) ?? [];
	const numbers = new Map<string, number>();
	const byLine = new Map<number, readonly Cite[]>();
	for (const { line, event_ids } of data) {
		const cites = [...new Set(event_ids)].map((eventId) => {
			const number = numbers.get(eventId) ?? numbers.size + 1;
			numbers.set(eventId, number);
			return { eventId, number };
		});
		byLine.set(line, cites);
	}
	return byLine;
}
