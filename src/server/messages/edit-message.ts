import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../shared/app-error.ts";
import {
	addWritten,
	type MessagesDependencies,
	requireTarget,
	type Sent,
	submitWrite,
	type WriteInput,
} from "./message-dependencies.ts";

export interface EditMessageInput extends WriteInput {
	readonly targetEventId: EventId;
	readonly body: string;
}

/**
 * Replaces the text of one's own message. Throws `forbidden` for another's message, a state event or an edit, `not-found`.
 * Matrix v1.19 Client-Server API, "Event replacements".
 */
export const editMessage = (dependencies: MessagesDependencies, input: EditMessageInput): Promise<Sent> =>
	submitWrite(dependencies, { ...input, targets: [input.targetEventId] }, (context, draft) => {
		const { event, relation } = requireTarget(context, draft, input.targetEventId);
		const isEditable = event.type === "m.room.message" && relation?.kind !== "edit";
		if (event.sender !== input.userId || !isEditable) throw new AppError("forbidden");
		const content = { msgtype: "m.text", body: input.body, "m.mentions": {} };
		return addWritten(draft, input, {
			type: "m.room.message",
			content: {
				...content,
				body: `* ${input.body}`,
				"m.new_content": content,
				"m.relates_to": { rel_type: "m.replace", event_id: input.targetEventId },
			},
		});
	});
