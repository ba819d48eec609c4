import type { EventId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import {
	addWritten,
	type MessagesDependencies,
	refusePlain,
	requireTarget,
	type Sent,
	submitWrite,
	type WriteInput,
} from "./message-dependencies.ts";

export interface SendMessageInput extends WriteInput {
	readonly body: string;
	readonly replyTo?: EventId | undefined;
	readonly mentions?: readonly UserId[] | undefined;
}

/** Sends a text. Throws `not-a-member`, `room-upgraded`, `forbidden`, `not-found` (the message replied to), `too-large`, `encryption-required`. */
export const sendMessage = (dependencies: MessagesDependencies, input: SendMessageInput): Promise<Sent> =>
	submitWrite(
		dependencies,
		{ ...input, targets: input.replyTo === undefined ? [] : [input.replyTo], isPlain: input.replyTo === undefined },
		(context, draft) => {
			refusePlain(draft);
			if (input.replyTo !== undefined) requireTarget(context, draft, input.replyTo);
			return addWritten(draft, input, { type: "m.room.message", content: { ...wordsOf(input), msgtype: "m.text" } });
		},
	);

/** The words of a message, whom they mention and what they answer. */
export const wordsOf = ({ body, mentions = [], replyTo }: SendMessageInput) => ({
	body,
	"m.mentions": mentions.length === 0 ? {} : { user_ids: mentions },
	...(replyTo === undefined ? {} : { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } }),
});
