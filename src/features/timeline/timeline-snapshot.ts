import type { PictureSource } from "../../client/media/pictures/shown-pictures.ts";
import type { ClosedReason } from "../../client/store/event-seal.ts";
import type { TickState } from "../../components/tick.tsx";

/** What decides a row's place and size. Its contents are read when it comes into sight: most rows never do. */
export interface RowHead {
	/** Stable from the first moment: the transaction id of an own message, else the event id. */
	readonly key: string;
	readonly kind: "message" | "service";
	/** Absent while the server has not stored it. */
	readonly eventId: string | undefined;
	readonly senderId: string;
	readonly isOwn: boolean;
	readonly ts: number;
	/** True: the date stands above it. */
	readonly isDayStart: boolean;
	/** True: the unread divider stands above it. */
	readonly isUnreadStart: boolean;
	/** There: when the last message that was read before it was written; absent where none is here. */
	readonly readTs: number | undefined;
	/** The first and the last message of a group: one person, within five minutes. */
	readonly isFirst: boolean;
	readonly isLast: boolean;
	/** How long the text is, in UTF-16 units and in lines: for a guess of the height. */
	readonly length: number;
	readonly lines: number;
	/** The box of its picture; absent: it has none. */
	readonly picture: PictureBox | undefined;
}

export interface PictureBox {
	readonly width: number;
	readonly height: number;
}

export interface PictureSnapshot {
	readonly full: PictureSourceSnapshot;
	/** What is shown in the conversation, where the picture is much larger than that. */
	readonly thumbnail: PictureSourceSnapshot | undefined;
	readonly box: PictureBox;
	readonly filename: string;
	readonly blurhash: string | undefined;
}

export type PictureSourceSnapshot = PictureSource;

/** All rows of a conversation, oldest first, and how to read one. The same row reads as the same object until it changes. */
export interface TimelineRows {
	readonly heads: readonly RowHead[];
	readonly read: (index: number) => RowSnapshot | undefined;
}

export type RowSnapshot = MessageSnapshot | ServiceSnapshot;

/** A line about the chat itself: somebody came, the name changed. */
export interface ServiceSnapshot {
	readonly kind: "service";
	readonly text: string;
}

export interface MessageSnapshot {
	readonly kind: "message";
	readonly key: string;
	readonly eventId: string | undefined;
	readonly transactionId: string | undefined;
	readonly isOwn: boolean;
	readonly senderName: string;
	/** Of a picture its caption, or nothing. */
	readonly text: string;
	readonly picture: PictureSnapshot | undefined;
	/** What the lines of its text rest on, as the assistant wrote it; of anybody else nothing. */
	readonly cites: unknown;
	/** Names in the text that mean a person. */
	readonly mentions: readonly MentionSnapshot[];
	readonly isDeleted: boolean;
	/** Why it cannot be read, where it came encrypted. */
	readonly closed: ClosedReason | undefined;
	/** True: it came in clear, in a room whose messages are encrypted. */
	readonly isInClear: boolean;
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

export interface MentionSnapshot {
	/** As it may stand in the text, without the sign. */
	readonly name: string;
	/** True: the reader is meant. */
	readonly isOwn: boolean;
}

export interface QuoteSnapshot {
	readonly eventId: string;
	readonly senderId: string;
	readonly senderName: string;
	readonly text: string;
	/** True: what it says is not known here. */
	readonly isMissing: boolean;
}

export interface ReactionSnapshot {
	readonly key: string;
	readonly count: number;
	readonly isOwn: boolean;
}
