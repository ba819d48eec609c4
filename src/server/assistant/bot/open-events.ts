import * as z from "zod";
import type { ReadResult } from "../../../client/crypto/crypto-message.ts";
import type { WireEvent } from "../../../shared/wire/event.ts";
import type { BotEngine } from "./engine/open-engine.ts";

/** An event of a room as the assistant reads it. */
export interface ReadEvent {
	readonly eventId: string;
	readonly type: string;
	readonly sender: string;
	readonly at: number;
	readonly content: Readonly<Record<string, unknown>>;
	/** What it replies to or edits, as it was sealed with the words. */
	readonly relation: Relation | undefined;
	/** It came sealed, and somebody vouches for the device that sealed it; or the room is not encrypted. */
	readonly isVouched: boolean;
	/** Of state: whose, or what it is of. */
	readonly stateKey?: string | undefined;
	/** Of somebody's membership: what it was before. */
	readonly previousContent?: Readonly<Record<string, unknown>> | undefined;
}

export interface Relation {
	readonly kind: "reply" | "edit" | "redaction";
	readonly eventId: string;
}

const relationSchema = z.union([
	z.object({ "m.in_reply_to": z.object({ event_id: z.string() }) }),
	z.object({ rel_type: z.literal("m.replace"), event_id: z.string() }),
]);

/** A message that could not be opened yet. */
export type ClosedEvent = WireEvent & { readonly sessionId?: string | undefined };

/** Events of one room in their order, as far as they can be read; what cannot be is given back. */
export const openEvents = async (
	engine: Pick<BotEngine, "call">,
	roomId: string,
	events: readonly WireEvent[],
): Promise<{ readonly read: readonly ReadEvent[]; readonly closed: readonly ClosedEvent[] }> => {
	const sealed = events.filter((event) => event.type === "m.room.encrypted" && event.redactedBy === undefined);
	const results =
		sealed.length === 0 ? [] : (await engine.call("decrypt", { events: toSealed(roomId, sealed) })).results;
	const byId = new Map(sealed.map((event, index) => [event.eventId, results[index]]));
	const read: ReadEvent[] = [];
	const closed: ClosedEvent[] = [];
	for (const event of events) {
		const result = byId.get(event.eventId);
		if (event.type !== "m.room.encrypted") read.push(asCame(event));
		else if (result?.kind === "read") read.push(...opened(event, result));
		else if (result?.kind === "unreadable") closed.push({ ...event, sessionId: result.sessionId });
	}
	return { read, closed };
};

const toSealed = (roomId: string, events: readonly WireEvent[]) =>
	events.map(({ eventId, sender, originServerTs, content }) => ({ roomId, eventId, sender, originServerTs, content }));

const asCame = ({ originServerTs: at, relatesTo, ...event }: WireEvent): ReadEvent => ({
	...{ eventId: event.eventId, type: event.type, sender: event.sender, at, content: event.content, isVouched: true },
	...{ stateKey: event.stateKey, previousContent: event.previousContent },
	relation:
		relatesTo?.kind === "redaction" ? { kind: "redaction", eventId: relatesTo.eventId } : relationIn(event.content),
});

/** The relation travels in clear, where a server could change it: where it is another one than was sealed, nothing counts. */
const opened = (event: WireEvent, result: Extract<ReadResult, { readonly kind: "read" }>): readonly ReadEvent[] => {
	const { type, content, isVouched } = result;
	const relation = relationIn(content);
	if (relation?.eventId !== relationIn(event.content)?.eventId) return [];
	const { eventId, sender, originServerTs: at } = event;
	return [{ eventId, type, sender, at, content, relation, isVouched }];
};

const relationIn = (content: Readonly<Record<string, unknown>>): Relation | undefined => {
	const parsed = relationSchema.safeParse(content["m.relates_to"]);
	if (!parsed.success) return undefined;
	if ("rel_type" in parsed.data) return { kind: "edit", eventId: parsed.data.event_id };
	return { kind: "reply", eventId: parsed.data["m.in_reply_to"].event_id };
};
