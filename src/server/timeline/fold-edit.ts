import type { EditCandidate, TimelineRecord } from "./ports.ts";
import type { Aggregates } from "./to-wire-event.ts";

/**
 * The newest valid edit of a message: by timestamp, then by event id. The content becomes the edit's `m.new_content`,
 * except that the message keeps what it relates to. What an encrypted one says is not known here: it goes along as it is,
 * and what is encrypted is replaced by nothing that is not.
 * Matrix v1.19 Client-Server API, "Event replacements", "Applying m.new_content".
 */
export const foldEdit = (target: TimelineRecord, candidates: readonly EditCandidate[]): Aggregates["edit"] => {
	if (target.redactedBy !== undefined) return undefined;
	const mayBePlain = target.type !== "m.room.encrypted";
	const [newest, ...older] = candidates
		.filter((edit) => edit.isEncrypted || (mayBePlain && newContentOf(edit) !== undefined))
		.sort(newestFirst);
	if (newest === undefined) return undefined;
	const plain = [newest, ...older].find((edit) => !edit.isEncrypted);
	return {
		...(plain === undefined ? {} : { folded: { content: applied(target, plain), ts: plain.originServerTs } }),
		...(newest.isEncrypted ? { encrypted: newest } : {}),
	};
};

const applied = (target: TimelineRecord, edit: EditCandidate): Readonly<Record<string, unknown>> => {
	const { "m.relates_to": _ignored, ...content } = newContentOf(edit) ?? {};
	const relatesTo = target.content["m.relates_to"];
	return relatesTo === undefined ? content : { ...content, "m.relates_to": relatesTo };
};

const newContentOf = (edit: EditCandidate): Readonly<Record<string, unknown>> | undefined => {
	const value = edit.content["m.new_content"];
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
};

const newestFirst = (a: EditCandidate, b: EditCandidate): number =>
	b.originServerTs - a.originServerTs || (a.eventId < b.eventId ? 1 : -1);
