import type { EventId } from "../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
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
 * Replaces the text of one's own message, or the caption of one's own picture. Throws `forbidden` for another's message, a state event or an edit, `not-found`,
 * `encryption-required`.
 * Matrix v1.19 Client-Server API, "Event replacements".
 */
export const editMessage = (dependencies: MessagesDependencies, input: EditMessageInput): Promise<Sent> =>
	submitWrite(dependencies, { ...input, targets: [input.targetEventId] }, (context, draft) => {
		refusePlain(draft);
		const target = requireTarget(context, draft, input.targetEventId);
		requireEditable(target, input, ["m.room.message"]);
		const content = { ...keptOf(target.event.content), body: input.body, "m.mentions": {} };
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

/** What stays of a message whose words are others: of a picture all but the words. */
const keptOf = ({ msgtype, url, info, body, filename = body }: JsonObject): JsonObject =>
	msgtype === "m.image" && url !== undefined && info !== undefined && filename !== undefined
		? { msgtype, url, info, filename }
		: { msgtype: "m.text" };
