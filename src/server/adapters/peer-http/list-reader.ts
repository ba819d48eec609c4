import { JsonListStream, type ListEntry } from "../../../../federation/json/json-list-stream.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import type { ListedRequest, TakeEntry } from "../../../../federation/ports/peer-streams.ts";
import { ExchangeFailure } from "./failure.ts";

/** An event is at most 64 KiB; written as a peer likes, and with what it adds unsigned, it may take more. */
const maxEntryBytes = 512 * 1024;

/** Reads an answer while it arrives. */
export interface ListReader {
	/** Takes the bytes in; throws where they make the answer worthless. */
	read(bytes: Uint8Array): Promise<void>;
	/** The answer without its lists; undefined: it is no JSON object. */
	end(): JsonObject | undefined;
}

/** Hands the entries of the lists over in their order, one at a time. */
export const createListReader = (
	{ lists, maxEntries }: ListedRequest,
	maxBytes: number,
	take: TakeEntry,
): ListReader => {
	const stream = new JsonListStream(lists, { maxBytes, maxEntries, maxEntryBytes });
	return {
		read: async (bytes) => {
			const reading = stream.push(bytes);
			if (reading.kind === "refused") {
				const isTooMuch = reading.reason === "too-long" || reading.reason === "too-many-entries";
				throw isTooMuch
					? new ExchangeFailure("answerTooLarge", "the answer is longer than is read")
					: new ExchangeFailure("malformedAnswer", "the answer is no JSON object that can be read");
			}
			await takeAll(reading.entries, take);
		},
		end: () => {
			const end = stream.end();
			return end.kind === "ok" ? end.value : undefined;
		},
	};
};

const takeAll = async (entries: readonly ListEntry[], take: TakeEntry): Promise<void> => {
	for (const { list, value } of entries) {
		const taking = take(list, value);
		if (taking !== undefined) await taking;
	}
};
