import type { WireEvent, WireReaction } from "../../shared/wire/event.ts";
import { filenameOfEdit, isPicture, reactionKeyOf, textOfEdit } from "./event-content.ts";
import { sealOf } from "./event-seal.ts";
import type { AppliedReaction, Timeline } from "./room-state.ts";

/** An edit, reaction or redaction: it changes another event instead of being shown. */
export function isRelation(event: WireEvent): boolean {
	const kind = event.relatesTo?.kind;
	return kind === "edit" || kind === "reaction" || kind === "redaction";
}

/**
 * Applies a relation that came by the stream to the event it is about. The caller leaves out those that are folded into
 * the event already.
 */
export function applyRelation(timeline: Timeline, relation: WireEvent, ownUserId: string): Timeline {
	const target = relation.relatesTo;
	if (target === undefined || timeline.appliedRelations.has(relation.eventId)) return timeline;
	switch (target.kind) {
		case "edit":
			// It is applied once it can be read.
			if (relation.type === "m.room.encrypted") return timeline;
			return remember(
				update(timeline, target.eventId, (event) => edited(event, relation)),
				relation,
				undefined,
			);
		case "reaction":
			return react(timeline, relation, ownUserId);
		case "redaction":
			return redact(timeline, relation, ownUserId);
		case "reply":
		case "reference":
			return timeline;
	}
}

function edited(event: WireEvent, edit: WireEvent): WireEvent {
	if (event.sender !== edit.sender || (event.editedTs ?? 0) > edit.originServerTs) return event;
	const [seal, editSeal] = [sealOf(event), sealOf(edit)];
	// What was sealed is changed by what was sealed alone: a server can write anything in clear.
	if (seal !== undefined && editSeal?.kind !== "open") return event;
	const body = textOfEdit(edit);
	if (body === undefined) return event;
	const filename = isPicture(event) ? filenameOfEdit(edit) : undefined;
	const content = { ...event.content, body, ...(filename !== undefined && { filename }) };
	const change = { content, editedTs: edit.originServerTs };
	return { ...event, ...change, ...(editSeal !== undefined && { seal: editSeal }) };
}

function react(timeline: Timeline, reaction: WireEvent, ownUserId: string): Timeline {
	const key = reactionKeyOf(reaction);
	const targetId = reaction.relatesTo?.eventId;
	if (key === undefined || targetId === undefined || reaction.redactedBy !== undefined) return timeline;
	const isOwn = reaction.sender === ownUserId;
	const changed = update(timeline, targetId, (event) => {
		const known = event.reactions?.find((one) => one.key === key);
		if (isOwn && known?.ownEventId !== undefined) return event;
		return { ...event, reactions: counted(event.reactions ?? [], key, isOwn ? reaction.eventId : undefined) };
	});
	return remember(changed, reaction, { targetId, key });
}

function counted(reactions: readonly WireReaction[], key: string, ownEventId: string | undefined): WireReaction[] {
	const own = ownEventId === undefined ? {} : { ownEventId };
	if (!reactions.some((one) => one.key === key)) return [...reactions, { key, count: 1, ...own }];
	return reactions.map((one) => (one.key === key ? { ...one, count: one.count + 1, ...own } : one));
}

function redact(timeline: Timeline, redaction: WireEvent, ownUserId: string): Timeline {
	const targetId = redaction.relatesTo?.eventId ?? "";
	const reaction = timeline.appliedRelations.get(targetId) ?? ownReaction(timeline, targetId);
	if (reaction !== undefined) {
		const isOwn = redaction.sender === ownUserId;
		const changed = update(timeline, reaction.targetId, (event) => discounted(event, reaction.key, isOwn));
		return remember(changed, redaction, undefined);
	}
	if (!timeline.events.some((event) => event.eventId === targetId)) {
		return remember({ ...timeline, isStale: true }, redaction, undefined);
	}
	const changed = update(timeline, targetId, ({ editedTs: _, reactions: __, ...event }) => ({
		...event,
		content: {},
		redactedBy: redaction.sender,
	}));
	return remember(changed, redaction, undefined);
}

function ownReaction(timeline: Timeline, eventId: string): AppliedReaction | undefined {
	for (const event of timeline.events) {
		const reaction = event.reactions?.find((one) => one.ownEventId === eventId);
		if (reaction !== undefined) return { targetId: event.eventId, key: reaction.key };
	}
	return undefined;
}

function discounted(event: WireEvent, key: string, isOwn: boolean): WireEvent {
	const reactions = (event.reactions ?? []).flatMap((one) => {
		if (one.key !== key) return [one];
		if (one.count <= 1) return [];
		const { ownEventId, ...rest } = one;
		return [{ ...rest, count: one.count - 1, ...(ownEventId !== undefined && !isOwn && { ownEventId }) }];
	});
	return { ...event, reactions };
}

function update(timeline: Timeline, eventId: string, change: (event: WireEvent) => WireEvent): Timeline {
	return { ...timeline, events: timeline.events.map((event) => (event.eventId === eventId ? change(event) : event)) };
}

function remember(timeline: Timeline, relation: WireEvent, reaction: AppliedReaction | undefined): Timeline {
	return { ...timeline, appliedRelations: new Map(timeline.appliedRelations).set(relation.eventId, reaction) };
}
