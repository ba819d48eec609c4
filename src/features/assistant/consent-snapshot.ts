import type { Gathered } from "../../client/assistant/gather-messages.ts";
import type { PickedMessage } from "../../client/assistant/pick-messages.ts";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import { listTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

/** What is asked before something is sent, and all of it. */
export interface ConsentSnapshot {
	readonly title: string;
	/** What becomes of it there. */
	readonly lead: string;
	/** The person's server. */
	readonly host: string;
	readonly people: readonly Person[];
	readonly peopleText: string;
	readonly lines: readonly ConsentLine[];
	/** What stays out. */
	readonly notes: readonly string[];
	readonly action: string;
}

export interface Person {
	readonly id: string;
	readonly name: string;
}

export interface ConsentLine {
	readonly key: string;
	readonly time: string;
	readonly name: string;
	readonly words: string;
}

/** Names beyond these are a number. */
const mostNames = 3;

/** What the person is asked before messages, or words of their own, go to the assistant. */
export function consentTo({ question, messages, closedCount, isWhole }: Gathered, place: AiPlace): ConsentSnapshot {
	if (messages.length === 0) return consentToText(question ?? "", place);
	const people = peopleOf(messages);
	const count = text("assistant.messages", { count: messages.length });
	const now = Date.now();
	return {
		...whereTo(place),
		title: text(place.kind === "server" ? "consent.title" : "consent.ownTitle", {
			...{ messages: count, people: text("room.people", { count: people.length }), host: place.name },
		}),
		people: people.slice(0, mostNames),
		peopleText: namesOf(people),
		lines: [
			...(question === undefined ? [] : [{ key: "question", time: "", name: text("ask.question"), words: question }]),
			...messages.map(({ message }) => ({
				key: message.eventId,
				time: listTime(message.at, now),
				name: nameOf(message),
				words: message.body,
			})),
		],
		notes: [
			...(closedCount === 0 ? [] : [text("consent.closed", { count: closedCount })]),
			...(isWhole ? [] : [text("consent.part")]),
		],
		action: text(place.kind === "server" ? "consent.send" : "consent.give", { messages: count }),
	};
}

function whereTo({ kind, name, server }: AiPlace): Pick<ConsentSnapshot, "lead" | "host"> {
	return { lead: text(`consent.${kind}Lead`, { host: name, server }), host: server };
}

function consentToText(words: string, place: AiPlace): ConsentSnapshot {
	return {
		...whereTo(place),
		title: text(place.kind === "server" ? "consent.textTitle" : "consent.ownTextTitle", { host: place.name }),
		people: [],
		peopleText: "",
		lines: [{ key: "text", time: "", name: "", words }],
		notes: [],
		action: text(place.kind === "server" ? "consent.sendText" : "consent.giveText"),
	};
}

/** Who wrote them, each once, in the order in which they come. */
export function peopleOf(messages: readonly PickedMessage[]): readonly Person[] {
	return [...new Map(messages.map(({ senderId, message }) => [senderId, nameOf(message)] as const))].map(
		([id, name]) => ({ id, name }),
	);
}

export function nameOf({ isOwn, sender }: PickedMessage["message"]): string {
	return isOwn ? text("common.you") : sender;
}

function namesOf(people: readonly Person[]): string {
	const names = people.map(({ name }) => name);
	const [only = ""] = names;
	if (names.length < 2) return only;
	const left = names.length - mostNames;
	if (left > 0) return text("consent.peopleMore", { names: names.slice(0, mostNames).join(", "), count: left });
	return text("consent.people", { names: names.slice(0, -1).join(", "), last: names.at(-1) ?? "" });
}
