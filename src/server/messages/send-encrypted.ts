import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import type { WireEncryptedContent } from "../../shared/wire/encrypted-content.ts";
import {
	addWritten,
	fileIdsOf,
	type MessagesDependencies,
	requireEditable,
	requireTarget,
	type Sent,
	submitWrite,
	type WriteInput,
} from "./message-dependencies.ts";

export interface SendEncryptedInput extends WriteInput {
	readonly content: WireEncryptedContent;
	/** What the content relates to. */
	readonly targetEventId?: EventId | undefined;
	/** The writer's own files to which what is encrypted refers: they are kept for as long as the event. */
	readonly media?: readonly string[] | undefined;
}

/**
 * Sends what a client has encrypted: a message, a reply, an edit of one's own message or a step of a verification. What it
 * says is nobody's business here; what it relates to stands beside it in clear, and is checked as for any message.
 * Throws `bad-input` in a room that is not encrypted, `not-a-member`, `room-upgraded`, `forbidden`, `not-found` (what it
 * relates to), `file-gone`, `too-large`. Matrix v1.19 Client-Server API, "m.room.encrypted".
 */
export const sendEncrypted = (dependencies: MessagesDependencies, input: SendEncryptedInput): Promise<Sent> => {
	const { content, targetEventId, media = [] } = input;
	const mediaIds = media.length === 0 ? undefined : fileIdsOf(dependencies, media);
	const write = {
		...{ ...input, ...(mediaIds !== undefined && { mediaIds }) },
		targets: targetEventId === undefined ? [] : [targetEventId],
		isPlain: targetEventId === undefined && mediaIds === undefined,
	};
	return submitWrite(dependencies, write, (context, draft) => {
		if (draft.row.encryption === undefined) throw new AppError("bad-input", { detail: "the room is not encrypted" });
		if (targetEventId !== undefined) {
			const target = requireTarget(context, draft, targetEventId);
			// A message from before the room was encrypted is edited by what is encrypted, too.
			if (isEdit(content)) requireEditable(target, input, ["m.room.encrypted", "m.room.message"]);
		}
		return addWritten(draft, write, { type: "m.room.encrypted", content: { ...content } });
	});
};

const isEdit = ({ "m.relates_to": relation }: WireEncryptedContent): boolean =>
	relation !== undefined && "rel_type" in relation && relation.rel_type === "m.replace";
