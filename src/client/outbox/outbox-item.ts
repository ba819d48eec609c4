/** A message of this device on its way out. Its id is the transaction id: a resend is the same message. */
export interface OutboxItem {
	readonly transactionId: string;
	readonly userId: string;
	readonly roomId: string;
	readonly body: string;
	readonly replyTo?: string;
	/** The people whom the text names. */
	readonly mentions?: readonly string[];
	readonly createdTs: number;
	readonly state: OutboxState;
}

export type OutboxState =
	/** Waits; not before a moment that the server asked for. */
	| { readonly kind: "queued"; readonly notBefore?: number }
	| { readonly kind: "sending" }
	/** The server refused it; a person decides what becomes of it. */
	| { readonly kind: "failed"; readonly code: string }
	/** On the server's disk; it stays until the stream has come to where it was stored. */
	| { readonly kind: "stored"; readonly eventId: string; readonly position: string; readonly originServerTs: number };
