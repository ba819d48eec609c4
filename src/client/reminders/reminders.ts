import { observable } from "../store/observable.ts";

/** Something of a chat that the person wants to be reminded of. */
export interface Reminder {
	readonly id: string;
	readonly roomId: string;
	/** Absent: no one message stands for it. */
	readonly eventId?: string;
	readonly words: string;
	/** When; milliseconds since the Unix epoch. */
	readonly at: number;
	readonly isDone: boolean;
}

/** The earliest first; in every window the same. What keeps them is `keep-reminders.ts`. */
export const reminders = observable<readonly Reminder[]>([]);

const mostKept = 500;

let keeping: Promise<void> = Promise.resolve();

/** What keeps them is at it. */
export function noteKeeping(writing: Promise<void>): void {
	keeping = writing;
}

/** Resolves once what was set until now is kept, or cannot be. */
export function whenRemindersKept(): Promise<void> {
	return keeping;
}

/** Puts one in, or in the place of the one that it was. */
export function setReminder(reminder: Reminder): void {
	reminders.set((all) => sorted([...all.filter(({ id }) => id !== reminder.id), reminder]));
}

export function finishReminder(id: string): void {
	reminders.set((all) => all.map((one) => (one.id === id ? { ...one, isDone: true } : one)));
}

/** Reminds once more, later. */
export function putOffReminder(id: string, at: number): void {
	reminders.set((all) => sorted(all.map((one) => (one.id === id ? { ...one, at } : one))));
}

export function deleteReminder(id: string): void {
	reminders.set((all) => all.filter((one) => one.id !== id));
}

/** The first one that is due, and when the next one will be. */
export function dueAt(all: readonly Reminder[], now: number): { readonly due?: Reminder; readonly nextAt?: number } {
	const open = all.filter(({ isDone }) => !isDone);
	const due = open.find(({ at }) => at <= now);
	const next = open.find(({ at }) => at > now);
	return { ...(due && { due }), ...(next && { nextAt: next.at }) };
}

/** Where there are too many those go that are done, the oldest first. */
function sorted(all: readonly Reminder[]): readonly Reminder[] {
	const inOrder = all.toSorted((one, other) => one.at - other.at);
	const done = inOrder.filter(({ isDone }) => isDone);
	const over = new Set(done.slice(0, Math.max(0, all.length - mostKept)).map(({ id }) => id));
	return inOrder.filter(({ id }) => !over.has(id));
}
