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

/** So many edits are deleted in one transaction: others write in between. */
const editsAtOnce = 100;

/**
 * Deletes for everyone: one's own event, or anybody's with the level for it. The content leaves the disk with that of its
 * edits before the deletion is answered. Of a message with many edits the oldest, which nobody is shown any more, go in
 * steps first; the message and what is left of it go together, so it is either shown or gone. Deleting again goes on where
 * an attempt was cut short. Throws `forbidden`, `not-found` (also for what is deleted already).
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
			if (error.isMore) await redactEdits(dependencies, input, editIds);
		}
	}
};

class MissingEdits extends Error {
	readonly editIds: readonly EventId[];
	/** There are others after these. */
	readonly isMore: boolean;

	constructor(editIds: readonly EventId[]) {
		super("edits of the target were not loaded");
		this.editIds = editIds.slice(0, editsAtOnce);
		this.isMore = editIds.length > editsAtOnce;
	}
}

const redact = (context: PlanContext, draft: RoomDraft, input: RedactInput): Sent => {
	const target = requireTarget(context, draft, input.targetEventId);
	requireRight(draft, target, input);
	const edits = target.editIds.map((editId) => context.target(editId));
	if (edits.includes(undefined) || edits.length > editsAtOnce) throw new MissingEdits(target.editIds);
	const placed = addRedaction(draft, target, input);
	for (const edit of edits) redactEdit(draft, edit, input);
	return toSent(placed);
};

/** Deletes some edits of a message that stays for now. */
const redactEdits = async (
	{ lane }: MessagesDependencies,
	input: RedactInput,
	editIds: readonly EventId[],
): Promise<void> => {
	await lane.submit({
		rooms: [input.roomId],
		users: [input.userId],
		targets: [input.targetEventId, ...editIds],
		plan: (context) => {
			const draft = context.room(input.roomId);
			requireRight(draft, requireTarget(context, draft, input.targetEventId), input);
			for (const editId of editIds) redactEdit(draft, context.target(editId), input);
		},
	});
};

/** Without a transaction id: one made up here could be one that the writer chooses for something else. */
const redactEdit = (draft: RoomDraft, edit: TargetEvent | undefined, input: RedactInput): void => {
	if (edit !== undefined && !edit.isRedacted) addRedaction(draft, edit, { ...input, transactionId: undefined });
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
