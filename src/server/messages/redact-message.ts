import { actionPowerLevel, hasLevel, userPowerLevel } from "../../../federation/authorization/power-levels.ts";
import { redactJson } from "../../../federation/events/redact-event.ts";
import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../federation/json/canonical-json.ts";
import { AppError } from "../../shared/app-error.ts";
import type { PlacedEvent, PlanContext, RoomDraft, TargetEvent } from "../rooms/public.ts";
import {
	type MessagesDependencies,
	requireTarget,
	type Sent,
	submitWrite,
	toSent,
	type WriteInput,
} from "./message-dependencies.ts";

export interface RedactInput extends WriteInput {
	readonly targetEventId: EventId;
	readonly reason?: string | undefined;
}

/**
 * Deletes for everyone: one's own event, or anybody's with the level for it. The content leaves the disk in the same
 * transaction, with the edits of it. Throws `forbidden`, `not-found` (also for what is deleted already).
 * Matrix v1.19 Client-Server API, "Redactions".
 */
export const redactMessage = async (dependencies: MessagesDependencies, input: RedactInput): Promise<Sent> => {
	// The edits are known only once the target is read, so a target with edits is planned a second time with them.
	let editIds: readonly EventId[] = [];
	for (;;) {
		const targets = [input.targetEventId, ...editIds];
		try {
			return await submitWrite(dependencies, { ...input, targets }, (context, draft) => redact(context, draft, input));
		} catch (error) {
			if (!(error instanceof MissingEdits)) throw error;
			editIds = error.editIds;
		}
	}
};

class MissingEdits extends Error {
	readonly editIds: readonly EventId[];

	constructor(editIds: readonly EventId[]) {
		super("edits of the target were not loaded");
		this.editIds = editIds;
	}
}

const redact = (context: PlanContext, draft: RoomDraft, input: RedactInput): Sent => {
	const target = requireTarget(context, draft, input.targetEventId);
	requireRight(draft, target, input);
	const edits = target.editIds.map((editId) => context.target(editId));
	if (edits.includes(undefined)) throw new MissingEdits(target.editIds);
	const placed = addRedaction(draft, target, input);
	for (const edit of edits) {
		// Without a transaction id: one made up here could be one that the writer chooses for something else.
		if (edit !== undefined && !edit.isRedacted) addRedaction(draft, edit, { ...input, transactionId: undefined });
	}
	return toSent(placed);
};

const requireRight = (draft: RoomDraft, target: TargetEvent, input: RedactInput): void => {
	const { type, stateKey } = target.event;
	if (type === "m.room.create" || type === "m.room.redaction") throw new AppError("forbidden");
	// The room's present name, topic and so on are changed, not deleted: the room would still be called by it.
	const isState = stateKey !== undefined && type !== "m.room.member";
	if (isState && draft.entry(type, stateKey)?.nid === target.nid) throw new AppError("forbidden");
	if (target.event.sender === input.userId) return;
	const { version } = draft.head;
	const state = { get: (type: string, stateKey: string) => draft.state(type, stateKey) };
	if (!hasLevel(userPowerLevel(state, input.userId, version), actionPowerLevel(state, "redact", version))) {
		throw new AppError("forbidden");
	}
};

const addRedaction = (
	draft: RoomDraft,
	target: TargetEvent,
	input: Pick<RedactInput, "userId" | "reason"> & { readonly transactionId: string | undefined },
): PlacedEvent => {
	const { userId, transactionId } = input;
	const placed = draft.add({
		...(transactionId === undefined ? {} : { transactionId }),
		sender: userId,
		type: "m.room.redaction",
		redacts: target.event.eventId,
		content: input.reason === undefined || input.reason === "" ? {} : { reason: input.reason },
	});
	draft.rows.redactions.push({
		targetNid: target.nid,
		redactedByNid: placed.nid,
		json: encodeCanonicalJson(redactJson(target.event.json, draft.head.version)),
	});
	return placed;
};
