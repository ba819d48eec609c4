import * as z from "zod";
import { wireEventId } from "./identifiers.ts";

/** On which messages of its room a line of a message rests. */
const citedLine = z.object({
	/** Of its text, counted from 0. */
	line: z.int().min(0).max(999),
	event_ids: z.array(wireEventId).min(1).max(8),
});

/** What a message says that its lines rest on, within the message and sealed with it. */
export const wireMessageCites = z.array(citedLine).max(20);

export type WireMessageCites = z.infer<typeof wireMessageCites>;
