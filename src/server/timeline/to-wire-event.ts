import type { WireEvent, WireReaction } from "../../shared/wire/event.ts";
import type { EditCandidate, TimelineRecord } from "./ports.ts";

/** What a page adds to an event; an event of the live stream comes without. */
export interface Aggregates {
	readonly edit?:
		| {
				readonly folded?: { readonly content: Readonly<Record<string, unknown>>; readonly ts: number };
				readonly encrypted?: Pick<EditCandidate, "eventId" | "originServerTs" | "content">;
		  }
		| undefined;
	readonly reactions?: readonly WireReaction[] | undefined;
}

/** The event for one reader: its transaction id is shown to its sender alone. */
export const toWireEvent = (record: TimelineRecord, viewerId: string, aggregates: Aggregates = {}): WireEvent => ({
	eventId: record.eventId,
	type: record.type,
	sender: record.sender,
	content: aggregates.edit?.folded?.content ?? record.content,
	originServerTs: record.originServerTs,
	position: String(record.position),
	...(record.stateKey === undefined ? {} : { stateKey: record.stateKey }),
	...(record.transactionId === undefined || record.sender !== viewerId ? {} : { transactionId: record.transactionId }),
	...(record.previousContent === undefined ? {} : { previousContent: { ...record.previousContent } }),
	...(record.redactedBy === undefined ? {} : { redactedBy: record.redactedBy }),
	...(record.relation === undefined ? {} : { relatesTo: record.relation }),
	...(aggregates.edit?.folded === undefined ? {} : { editedTs: aggregates.edit.folded.ts }),
	...(aggregates.edit?.encrypted === undefined ? {} : { encryptedEdit: toEncryptedEdit(aggregates.edit.encrypted) }),
	...(aggregates.reactions === undefined || aggregates.reactions.length === 0
		? {}
		: { reactions: [...aggregates.reactions] }),
});

const toEncryptedEdit = ({
	eventId,
	originServerTs,
	content,
}: Pick<EditCandidate, "eventId" | "originServerTs" | "content">): WireEvent["encryptedEdit"] => ({
	eventId,
	originServerTs,
	content: { ...content },
});
