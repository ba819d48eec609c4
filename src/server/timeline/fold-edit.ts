import type { EditCandidate, TimelineRecord } from "./ports.ts";
import type { Aggregates } from "./to-wire-event.ts";

/**
 * The newest valid edit applied to a message: by timestamp, then by event id. The content becomes the edit's
 * `m.new_content`, except that the message keeps what it relates to.
 * Matrix v1.19 Client-Server API, "Event replacements", "Applying m.new_content".
 */
export const foldEdit = (target: TimelineRecord, candidates: readonly EditCandidate[]): Aggregates["edit"] => {
	const [newest] = candidates.filter((edit) => newContentOf(edit) !== undefined).sort(newestFirst);
	if (newest === undefined || target.redactedBy !== undefined) return undefined;
	const { "m.relates_to": _ignored, ...content } = newContentOf(newest) ?? {};
	const relatesTo = target.content["m.relates_to"];
	return {
		content: relatesTo === undefined ? content : { ...content, "m.relates_to": relatesTo },
		ts: newest.originServerTs,
	};
};

const newContentOf = (edit: EditCandidate): Readonly<Record<string, unknown>> | undefined => {
	const value = edit.content["m.new_content"];
	return typeof value === "object" && value !== null && !Array.isArray(value)
		? (value as Record<string, unknown>)
		: undefined;
};

const newestFirst = (a: EditCandidate, b: EditCandidate): number =>
	b.originServerTs - a.originServerTs || (a.eventId < b.eventId ? 1 : -1);
