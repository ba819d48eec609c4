import { memberOf, textField } from "../../client/store/event-content.ts";
import "../../shared/text/en/conversation.ts";
import { text } from "../../shared/text/text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { megolm } from "../../shared/wire/room-encryption.ts";
import { type MessageContext, nameIn } from "./build-message.ts";

type ServiceContext = Pick<MessageContext, "names" | "isDirect">;

/** Names beyond these are a number. */
const mostNames = 3;

/**
 * The line that a state event leaves in the conversation; `undefined` where it leaves none. `folded` are earlier ones by
 * which the same happened to others.
 */
export function serviceText(
	event: WireEvent,
	context: ServiceContext,
	folded: readonly WireEvent[] = [],
): string | undefined {
	const name = nameIn(context, event.sender);
	switch (event.type) {
		case "m.room.create":
			// Two people know who began their chat.
			return context.isDirect ? undefined : text("service.created", { name });
		case "m.room.member":
			return memberText(event, context, namesOf([...folded, event], context));
		case "m.room.name": {
			const value = textField(event.content, "name");
			return value === undefined || value === "" ? undefined : text("service.named", { name, value });
		}
		case "m.room.topic":
			return text("service.topic", { name });
		case "m.room.encryption":
			return encryptedText(event, context);
		case "m.room.tombstone":
			return text("service.upgraded", { name });
		case "kith.assistant":
			return text(allowsAssistant(event) ? "service.assistantOn" : "service.assistantOff", { name });
		default:
			return undefined;
	}
}

/** As the server reads it: whatever is no way in which it is allowed forbids it. */
function allowsAssistant({ content }: WireEvent): boolean {
	const policy = textField(content, "policy");
	return policy === "personal" || policy === "bot";
}

/** What would end encryption ends nothing, and is no news. */
function encryptedText({ content, sender }: WireEvent, context: ServiceContext): string | undefined {
	if (textField(content, "algorithm") !== megolm) return undefined;
	return context.isDirect
		? text("service.encryptedDirect")
		: text("service.encrypted", { name: nameIn(context, sender) });
}

/** Whom the events are about: by name, and beyond a few by number. Each is named once. */
function namesOf(events: readonly WireEvent[], context: ServiceContext): string {
	const names = [...new Set(events.map(({ stateKey = "" }) => nameIn(context, stateKey)))];
	const left = names.length - mostNames;
	const named = left > 1 ? [...names.slice(0, mostNames), text("service.more", { count: left })] : names;
	return named.length === 1
		? String(named[0])
		: `${named.slice(0, -1).join(", ")} ${text("service.and")} ${named.at(-1)}`;
}

function memberText(event: WireEvent, context: ServiceContext, other: string): string | undefined {
	const member = memberOf(event);
	if (member === undefined) return undefined;
	const name = nameIn(context, event.sender);
	const isOwnDoing = event.sender === member.userId;
	switch (member.membership) {
		case "join":
			if (event.previousContent?.["membership"] === "join") return renamedText(event, member.displayName);
			return context.isDirect ? undefined : text("service.joined", { name: other });
		case "invite":
			return text("service.invited", { name, other });
		case "knock":
			return text("service.knocked", { name: other });
		case "leave":
			return isOwnDoing ? text("service.left", { name: other }) : text("service.kicked", { name, other });
		case "ban":
			return text("service.banned", { name, other });
		default:
			return undefined;
	}
}

/** Somebody who is in already says how they are shown: a new name is news, a new picture shows itself. */
function renamedText({ previousContent = {} }: WireEvent, newName: string | undefined): string | undefined {
	const oldName = textField(previousContent, "displayname");
	if (oldName === undefined || newName === undefined || newName === oldName) return undefined;
	return text("service.renamed", { name: oldName, value: newName });
}
