import type { LookedThrough } from "../../client/assistant/look-through-chats.ts";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import { listTime } from "../../shared/text/dates.ts";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/assistant-all.ts";
import { text } from "../../shared/text/text.ts";
import { lookedNotes } from "./all-chats-snapshot.ts";
import { type ConsentLine, nameOf } from "./consent-snapshot.ts";

/** What is asked before chats are asked, and all that would be sent. */
export interface AllConsentSnapshot {
	readonly title: string;
	/** What becomes of it there. */
	readonly lead: string;
	readonly question: string;
	readonly rooms: readonly RoomConsent[];
	readonly notes: readonly string[];
	readonly action: string;
	/** False: no chat is chosen. */
	readonly canSend: boolean;
}

export interface RoomConsent {
	readonly roomId: string;
	readonly name: string;
	readonly count: string;
	readonly isChosen: boolean;
	readonly lines: readonly ConsentLine[];
}

interface AllGiven {
	readonly question: string;
	readonly looked: LookedThrough;
	/** Chats that the person does not want to be asked. */
	readonly leftOut: ReadonlySet<string>;
}

/** What the person is asked before messages of several chats go to the assistant. */
export function allConsentTo({ question, looked, leftOut }: AllGiven, place: AiPlace): AllConsentSnapshot {
	const now = Date.now();
	const rooms = looked.found.map(({ roomId, name, messages }) => ({
		...{ roomId, name, isChosen: !leftOut.has(roomId) },
		count: text("assistant.messages", { count: messages.length }),
		lines: messages.map(({ message }) => ({
			...{ key: message.eventId, time: listTime(message.at, now), name: nameOf(message), words: message.body },
		})),
	}));
	const chosen = rooms.filter(({ isChosen }) => isChosen);
	const messages = text("assistant.messages", { count: chosen.reduce((sum, { lines }) => sum + lines.length, 0) });
	const canSend = chosen.length > 0;
	return {
		title: text(place.kind === "server" ? "allConsent.title" : "allConsent.ownTitle", {
			...{ messages, chats: text("all.chats", { count: chosen.length }), host: place.name },
		}),
		lead: text(`allConsent.${place.kind}Lead`, { host: place.name, server: place.server }),
		...{ question, rooms, canSend, notes: lookedNotes(looked) },
		action: canSend
			? text(place.kind === "server" ? "consent.send" : "consent.give", { messages })
			: text("allConsent.none"),
	};
}
