/** What a person can do with a message; the ids are those of the snapshot. */
export interface MessageActions {
	readonly onReact: (eventId: string, key: string) => void;
	readonly onReply: (eventId: string) => void;
	readonly onEdit: (eventId: string) => void;
	readonly onDelete: (eventId: string) => void;
	readonly onCopy: (text: string) => void;
	/** Absent: nobody translates here. */
	readonly onTranslate: ((eventId: string) => void) | undefined;
	/** Asks when the reader wants to be reminded of it. */
	readonly onRemind: (eventId: string, words: string) => void;
	readonly onCopyLink: (eventId: string) => void;
	readonly onShowReaders: (eventId: string) => void;
	readonly onRetry: (transactionId: string) => void;
	readonly onDiscard: (transactionId: string) => void;
	readonly onShowQuoted: (eventId: string) => void;
	/** A message is quoted that is not here. */
	readonly onQuoteMissing: (eventId: string) => void;
	/** Asks for another day, beginning at the one whose moment this is. */
	readonly onPickDate: (ts: number) => void;
	readonly canSend: boolean;
	readonly canDeleteOthers: boolean;
	/** The reactions that the reader chooses most, first. */
	readonly frequentReactions: readonly string[];
}
