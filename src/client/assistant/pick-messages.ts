import type { WireAssistantMessage } from "../../shared/wire/assistant.ts";
import { maxRunCharacters, maxRunMessages } from "../../shared/wire/assistant-limits.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { isVerificationRequest } from "../store/event-content.ts";
import { wordsOf } from "../store/message-words.ts";

/** A message as it would be given to the assistant, and whose it is. */
export interface PickedMessage {
	readonly senderId: string;
	readonly message: WireAssistantMessage;
}

export interface Reader {
	readonly ownUserId: string;
	readonly nameOf: (userId: string) => string;
}

const longestName = 120;
const longestBody = 20_000;
/** As the server reads an event's id. */
const citable = /^\$[\w+/=:.~-]{1,254}$/;

/** What of a chat's events has words, as its reader sees them: no more than this ever leaves the browser. */
export function pickMessages(events: readonly WireEvent[], { ownUserId, nameOf }: Reader): readonly PickedMessage[] {
	return events.flatMap((event) => {
		const body = isVerificationRequest(event) ? "" : (wordsOf(event) ?? "").trim();
		if (body === "" || !citable.test(event.eventId)) return [];
		const message: WireAssistantMessage = {
			eventId: event.eventId,
			sender: nameOf(event.sender).slice(0, longestName),
			at: Math.max(0, Math.trunc(event.originServerTs)),
			body: body.slice(0, longestBody),
			isOwn: event.sender === ownUserId,
		};
		return [{ senderId: event.sender, message }];
	});
}

/** The newest that one run may carry. */
export function newestThatFit(picked: readonly PickedMessage[]): readonly PickedMessage[] {
	let left = maxRunCharacters - longestBody;
	let start = picked.length;
	for (; start > 0 && picked.length - start < maxRunMessages; start -= 1) {
		left -= picked[start - 1]?.message.body.length ?? 0;
		if (left < 0) break;
	}
	return picked.slice(start);
}
