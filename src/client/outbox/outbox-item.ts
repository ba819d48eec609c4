/** A message of this device on its way out. Its id is the transaction id: a resend is the same message. */
export interface OutboxItem {
	readonly transactionId: string;
	readonly userId: string;
	readonly roomId: string;
	readonly body: string;
	readonly replyTo?: string;
	readonly createdTs: number;
	readonly state: OutboxState;
}

export type OutboxState =
	| { readonly kind: "queued" }
	| { readonly kind: "sending" }
	/** The server refused it; a person decides what becomes of it. */
	| { readonly kind: "failed"; readonly code: string }
	/** On the server's disk; the item stays until the event comes back by sync and takes its place. */
	| { readonly kind: "stored"; readonly eventId: string; readonly position: string; readonly originServerTs: number };
