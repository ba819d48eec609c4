import type { OutboxItem, OutboxState } from "./outbox-item.ts";

/** What this device has on its way out: new messages, and changes to messages that are there. */
export type OutboxEntry = OutboxItem | OutboxChange;

/** A change to a message that the server has. Shown at once, and taken back where it is refused. */
export interface OutboxChange {
	/** A resend under the same id is the same change. */
	readonly transactionId: string;
	readonly userId: string;
	readonly roomId: string;
	readonly createdTs: number;
	readonly state: OutboxState;
	readonly change: MessageChange;
}

export type MessageChange =
	| {
			readonly kind: "edit";
			readonly targetEventId: string;
			readonly body: string;
			/** Of a picture, whose caption is changed: what it was sent with. */
			readonly picture?: Readonly<Record<string, unknown>>;
	  }
	| { readonly kind: "react"; readonly targetEventId: string; readonly key: string }
	/** Takes back the own reaction; its event may still be unknown when the person does so. */
	| {
			readonly kind: "unreact";
			readonly targetEventId: string;
			readonly key: string;
			readonly reactionEventId?: string;
	  }
	| { readonly kind: "delete"; readonly targetEventId: string };

export function isChange(entry: OutboxEntry): entry is OutboxChange {
	return "change" in entry;
}

export function isMessage(entry: OutboxEntry): entry is OutboxItem {
	return !isChange(entry);
}
