import { memberOf, textField } from "../../client/store/event-content.ts";
import "../../shared/text/en/conversation.ts";
import { text } from "../../shared/text/text.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { type MessageContext, nameIn } from "./build-message.ts";

type ServiceContext = Pick<MessageContext, "names" | "isDirect">;

/** The line that a state event leaves in the conversation; `undefined` where it leaves none. */
export function serviceText(event: WireEvent, context: ServiceContext): string | undefined {
	const name = nameIn(context, event.sender);
	switch (event.type) {
		case "m.room.create":
			// Two people know who began their chat.
			return context.isDirect ? undefined : text("service.created", { name });
		case "m.room.member":
			return memberText(event, context);
		case "m.room.name": {
			const value = textField(event.content, "name");
			return value === undefined || value === "" ? undefined : text("service.named", { name, value });
		}
		case "m.room.topic":
			return text("service.topic", { name });
		case "m.room.tombstone":
			return text("service.upgraded", { name });
		default:
			return undefined;
	}
}

function memberText(event: WireEvent, context: ServiceContext): string | undefined {
	const member = memberOf(event);
	if (member === undefined) return undefined;
	const name = nameIn(context, event.sender);
	const other = nameIn(context, member.userId);
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
			return isOwnDoing ? text("service.left", { name }) : text("service.kicked", { name, other });
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
