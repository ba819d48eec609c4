import { recordSealOf } from "../storage/account-database.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { tellWindows } from "../windows/window-channel.ts";
import { type AutoReplyState, autoReply, noAutoReply } from "./auto-reply-state.ts";
import type { KeptAutoReply } from "./kept-auto-reply.ts";

/** What is on the disk, or another window has put there. */
let known: AutoReplyState = noAutoReply;

/** Brings back what an earlier page left, keeps what changes, in this browser alone, and tells the other windows. */
export async function keepAutoReply(signal: AbortSignal): Promise<void> {
	const kept = await read().catch(() => undefined);
	if (signal.aborted) return;
	if (kept !== undefined && autoReply.get() === noAutoReply) hearAutoReply(kept);
	const stop = autoReply.subscribe(() => {
		const state = autoReply.get();
		if (state === known) return;
		known = state;
		tellWindows({ kind: "autoReply", state });
		void write(state).catch(() => undefined);
	});
	signal.addEventListener("abort", () => {
		stop();
		hearAutoReply(noAutoReply);
	});
}

/** Another window has changed it: what was switched off there is off here. */
export function hearAutoReply(state: AutoReplyState): void {
	known = state;
	autoReply.set(() => state);
}

async function read(): Promise<AutoReplyState | undefined> {
	const db = await accountDatabase();
	const kept = await db?.get("autoReply", "state");
	if (db === undefined || kept === undefined) return undefined;
	const { id: _, ...state } = await (await recordSealOf(db)).open<KeptAutoReply, "id">(kept);
	return { ...noAutoReply, ...state };
}

async function write(state: AutoReplyState): Promise<void> {
	const db = await accountDatabase();
	if (db === undefined) return;
	const record: KeptAutoReply = { id: "state", ...state };
	await db.put("autoReply", await (await recordSealOf(db)).seal(record, "id"));
}
