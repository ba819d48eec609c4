import type { TickState } from "../../components/tick.tsx";

/** What the timeline shows, ready for the screen: days of groups, lines about the chat itself, and the unread divider. */
export interface DaySnapshot {
	readonly key: string;
	readonly label: string;
	readonly entries: readonly EntrySnapshot[];
}

export type EntrySnapshot = GroupSnapshot | ServiceSnapshot | { readonly kind: "unread"; readonly key: string };

/** Messages of one person that follow each other closely. */
export interface GroupSnapshot {
	readonly kind: "group";
	readonly key: string;
	readonly isOwn: boolean;
	readonly senderId: string;
	readonly senderName: string;
	/** False in a direct chat: there is only one other. */
	readonly hasSender: boolean;
	readonly messages: readonly MessageSnapshot[];
}

/** A line about the chat itself: somebody came, the name changed. */
export interface ServiceSnapshot {
	readonly kind: "service";
	readonly key: string;
	readonly text: string;
}

export interface MessageSnapshot {
	/** Stable from the first moment: the transaction id of an own message, else the event id. */
	readonly key: string;
	/** Absent while the server has not stored it. */
	readonly eventId: string | undefined;
	readonly transactionId: string | undefined;
	readonly isOwn: boolean;
	readonly senderName: string;
	readonly text: string;
	readonly isDeleted: boolean;
	readonly isEdited: boolean;
	readonly time: string;
	readonly dateTime: string;
	readonly state: MessageState | undefined;
	/** Why the server refused it, in words. */
	readonly failure: string | undefined;
	readonly quote: QuoteSnapshot | undefined;
	readonly reactions: readonly ReactionSnapshot[];
	/** 1 to 3: nothing but so many emoji, shown large. */
	readonly emojiCount: 0 | 1 | 2 | 3;
	/** Sender, time and state: the accessible name. */
	readonly label: string;
}

/** Where an own message is. */
export type MessageState = TickState | "failed";

export interface QuoteSnapshot {
	readonly eventId: string;
	readonly senderId: string;
	readonly senderName: string;
	readonly text: string;
}

export interface ReactionSnapshot {
	readonly key: string;
	readonly count: number;
	readonly isOwn: boolean;
}
