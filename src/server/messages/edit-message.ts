import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import {
	addWritten,
	type MessagesDependencies,
	refusePlain,
	requireEditable,
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
 * Replaces the text of one's own message. Throws `forbidden` for another's message, a state event or an edit, `not-found`,
 * `encryption-required`.
 * Matrix v1.19 Client-Server API, "Event replacements".
 */
export const editMessage = (dependencies: MessagesDependencies, input: EditMessageInput): Promise<Sent> =>
	submitWrite(dependencies, { ...input, targets: [input.targetEventId] }, (context, draft) => {
		refusePlain(draft);
		requireEditable(requireTarget(context, draft, input.targetEventId), input, ["m.room.message"]);
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
