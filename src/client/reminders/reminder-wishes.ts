import { observable } from "../store/observable.ts";

/** What somebody wants to be reminded of, before they said when: each wish is an object of its own. */
export interface ReminderWish {
	/** Present: it is one that there is, to be changed. */
	readonly id?: string;
	readonly roomId: string;
	readonly eventId?: string;
	readonly words: string;
	/** What a moment is looked for in, the first first, with when it was written. */
	readonly sources: readonly { readonly words: string; readonly writtenAt: number }[];
	/** Present: the moment that holds. */
	readonly at?: number;
}

/** The last one; the dialog over the page asks the rest. Undefined: nobody asks. */
export const reminderWish = observable<ReminderWish | undefined>(undefined);
