import type { Reminder } from "./reminders.ts";

/** Reminders as they are kept: their words are those of chats, so they lie sealed. */
export interface KeptReminders {
	readonly id: "all";
	readonly reminders: readonly Reminder[];
}
