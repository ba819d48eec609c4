import type { AttachmentKeys } from "../media/attachments/encrypted-file.ts";

/** A message of this device on its way out. Its id is the transaction id: a resend is the same message. */
export interface OutboxItem {
	readonly transactionId: string;
	readonly userId: string;
	readonly roomId: string;
	readonly body: string;
	/** What `body` is the caption of. */
	readonly picture?: OutgoingPicture;
	readonly replyTo?: string;
	/** The people whom the text names. */
	readonly mentions?: readonly string[];
	/** Present: no person wrote it, it goes out by itself. */
	readonly isAutomatic?: true;
	readonly createdTs: number;
	readonly state: OutboxState;
}

/** A picture on its way out; its bytes lie sealed in this browser until it has gone. */
export interface OutgoingPicture extends SealedPicture {
	readonly filename: string;
	readonly thumbnail?: SealedPicture;
	readonly blurhash: string;
}

export interface SealedPicture {
	/** 31 hexadecimal digits: by them the bytes are found here, and an upload is known at the server. */
	readonly fileId: string;
	readonly keys: AttachmentKeys;
	readonly type: string;
	readonly width: number;
	readonly height: number;
	readonly sizeBytes: number;
}

export type OutboxState =
	/** Waits; not before a moment that the server asked for. */
	| { readonly kind: "queued"; readonly notBefore?: number }
	| { readonly kind: "sending" }
	/** The server refused it; a person decides what becomes of it. */
	| { readonly kind: "failed"; readonly code: string }
	/** On the server's disk; it stays until the stream has come to where it was stored. */
	| { readonly kind: "stored"; readonly eventId: string; readonly position: string; readonly originServerTs: number };
