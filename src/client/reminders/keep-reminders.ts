import { recordSealOf } from "../storage/account-database.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { tellWindows } from "../windows/window-channel.ts";
import type { KeptReminders } from "./kept-reminders.ts";
import { noteKeeping, type Reminder, reminders } from "./reminders.ts";

/** What is on the disk, or another window has put there. */
let known: readonly Reminder[] = [];

/** Brings back what an earlier page left, keeps what changes, in this browser alone, and tells the other windows. */
export async function keepReminders(signal: AbortSignal): Promise<void> {
	const kept = await read().catch(() => undefined);
	if (signal.aborted) return;
	const early = reminders.get();
	if (kept !== undefined) {
		hearReminders(kept);
		// What was set before they were read is one of them.
		if (early.length > 0) reminders.set((all) => [...all, ...early].toSorted((one, other) => one.at - other.at));
	}
	const put = (): void => {
		const all = reminders.get();
		if (all === known) return;
		known = all;
		tellWindows({ kind: "reminders", reminders: all });
		noteKeeping(write(all).catch(() => undefined));
	};
	put();
	const stop = reminders.subscribe(put);
	signal.addEventListener("abort", () => {
		stop();
		hearReminders([]);
	});
}

/** Another window has changed them. */
export function hearReminders(all: readonly Reminder[]): void {
	known = all;
	reminders.set(() => all);
}

async function read(): Promise<readonly Reminder[] | undefined> {
	const database = await accountDatabase();
	const kept = await database?.get("reminders", "all");
	if (database === undefined || kept === undefined) return undefined;
	return (await (await recordSealOf(database)).open<KeptReminders, "id">(kept)).reminders;
}

async function write(all: readonly Reminder[]): Promise<void> {
	const database = await accountDatabase();
	if (database === undefined) return;
	const record: KeptReminders = { id: "all", reminders: all };
	await database.put("reminders", await (await recordSealOf(database)).seal(record, "id"));
}
