import type { EventId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { groupBy } from "../../shared/group-by.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { foldEdit } from "./fold-edit.ts";
import type { EditCandidate, ReactionTally, RoomRange, TimelineRecord, TimelineStore } from "./ports.ts";
import { toWireEvent } from "./to-wire-event.ts";

/** Makes an event what one reader sees, with its edits and reactions. */
export type Renderer = (record: TimelineRecord) => WireEvent;

/**
 * Reads the edits and reactions of many events in two statements, or none where nothing refers to them. Only what lies
 * inside `ranges` counts, so nobody sees an edit that was made after they left.
 */
export const loadRenderer = async (
	store: TimelineStore,
	viewerId: UserId,
	{ records, ranges }: { readonly records: readonly TimelineRecord[]; readonly ranges: readonly RoomRange[] },
): Promise<Renderer> => {
	const reacted = records.filter((record) => record.hasReactions && record.redactedBy === undefined);
	const [edits, tallies] = await Promise.all([
		loadEdits(store, records),
		reacted.length === 0 ? [] : store.readReactions(viewerId, reacted, ranges),
	]);
	const reactions = groupBy(tallies, (tally) => tally.targetEventId);
	return (record) =>
		toWireEvent(record, viewerId, {
			edit: foldEdit(record, visibleEdits(edits.get(record.eventId), ranges)),
			reactions: reactions.get(record.eventId)?.map(toReaction),
		});
};

/** The newest edits by the event they replace. */
export const loadEdits = async (
	store: TimelineStore,
	records: readonly TimelineRecord[],
): Promise<ReadonlyMap<EventId, readonly EditCandidate[]>> => {
	const edited = records.filter((record) => record.hasEdits && record.redactedBy === undefined);
	return groupBy(edited.length === 0 ? [] : await store.readEdits(edited), (edit) => edit.targetEventId);
};

/** Those of the edits that lie inside the ranges of their room. */
export const visibleEdits = (
	edits: readonly EditCandidate[] | undefined,
	ranges: readonly RoomRange[],
): readonly EditCandidate[] =>
	(edits ?? []).filter((edit) =>
		ranges.some(({ roomNid, low, high }) => roomNid === edit.roomNid && low <= edit.position && edit.position <= high),
	);

const toReaction = ({ key, count, ownEventId }: ReactionTally) => ({
	key,
	count,
	...(ownEventId === undefined ? {} : { ownEventId }),
});
