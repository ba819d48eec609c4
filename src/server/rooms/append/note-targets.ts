import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import type { LoadedBatch } from "./load-batch.ts";
import type { RoomDraft } from "./room-draft.ts";
import type { TargetEvent } from "./room-head.ts";

/**
 * What later jobs of the batch must see of this one, though it is not in the database yet: edits, which a deletion of
 * their message takes along, and what was deleted, which nobody may edit, react to or count as standing any more.
 */
export const noteTargets = (draft: RoomDraft, loaded: LoadedBatch): void => {
	for (const relation of draft.rows.relations) {
		if (relation.kind === "edit") noteEdit(draft, loaded, relation);
	}
	const deleted = new Set(draft.rows.redactions.map(({ targetNid }) => targetNid));
	if (deleted.size === 0) return;
	for (const [eventId, target] of loaded.targets) {
		if (deleted.has(target.nid)) loaded.targets.set(eventId, { ...target, isRedacted: true });
	}
	for (const [key, reaction] of loaded.reactions) {
		if (deleted.has(reaction.position)) loaded.reactions.delete(key);
	}
};

const noteEdit = (
	draft: RoomDraft,
	loaded: LoadedBatch,
	edit: { readonly eventNid: number; readonly targetEventId: string },
): void => {
	const target = loaded.targets.get(edit.targetEventId as EventId);
	const placed = draft.placed.find(({ nid }) => nid === edit.eventNid);
	if (target === undefined || placed === undefined) return;
	const { nid, event, messageOrdinal } = placed;
	const { eventId: targetEventId } = target.event;
	const noted: TargetEvent = {
		nid,
		roomNid: draft.row.nid,
		position: nid,
		messageOrdinal,
		isRedacted: false,
		event,
		editIds: [],
		relation: { kind: "edit", targetEventId },
	};
	loaded.targets.set(event.eventId, noted);
	loaded.targets.set(targetEventId, { ...target, editIds: [...target.editIds, event.eventId] });
};
