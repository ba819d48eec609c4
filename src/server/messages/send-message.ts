import type { EventId, UserId } from "../../../federation/identifiers/identifier-types.ts";
import { citesField } from "../../shared/wire/assistant-limits.ts";
import type { WireMessageCites } from "../../shared/wire/message-cites.ts";
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
	/** Written by no person. */
	readonly isAutomatic?: boolean | undefined;
	/** On which messages its lines rest: what the assistant says. */
	readonly cites?: WireMessageCites | undefined;
}

/** Sends a text. Throws `not-a-member`, `room-upgraded`, `forbidden`, `not-found` (the message replied to), `too-large`, `encryption-required`. */
export const sendMessage = (dependencies: MessagesDependencies, input: SendMessageInput): Promise<Sent> =>
	submitWrite(
		dependencies,
		{ ...input, targets: input.replyTo === undefined ? [] : [input.replyTo], isPlain: input.replyTo === undefined },
		(context, draft) => {
			refusePlain(draft);
			if (input.replyTo !== undefined) requireTarget(context, draft, input.replyTo);
			// Matrix v1.19 Client-Server API, "m.notice": what answers by itself leaves it alone.
			const msgtype = input.isAutomatic === true ? "m.notice" : "m.text";
			return addWritten(draft, input, { type: "m.room.message", content: { ...wordsOf(input), msgtype } });
		},
	);

/** The words of a message, whom they mention and what they answer. */
export const wordsOf = ({ body, mentions = [], replyTo, cites = [] }: SendMessageInput) => ({
	body,
	"m.mentions": mentions.length === 0 ? {} : { user_ids: mentions },
	...(cites.length > 0 && { [citesField]: cites }),
	...(replyTo === undefined ? {} : { "m.relates_to": { "m.in_reply_to": { event_id: replyTo } } }),
});
