import { encryptionOf } from "../crypto/room-encryption.ts";
import { recordSealOf } from "../storage/account-database.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { openRecords } from "../storage/record-seal.ts";
import { tellWindows } from "../windows/window-channel.ts";
import { type Draft, drafts, settledDrafts, withDraft } from "./drafts.ts";

/** How long the keys rest before a draft is written, shown in the chat list and told to the other windows. */
const restMs = 400;

/** Brings back what earlier pages left. */
export async function restoreDrafts(): Promise<void> {
	const kept =
		(await attempt(async () => {
			const db = await accountDatabase();
			return db && openRecords(await recordSealOf(db), await db.getAll("drafts"));
		})) ?? [];
	const known = new Map(kept.flatMap(({ roomId, ...draft }) => (isSound(draft) ? [[roomId, draft] as const] : [])));
	settledDrafts.set(() => known);
	drafts.set((typed) => new Map([...known, ...typed]));
}

export function forgetDrafts(): void {
	settledDrafts.set(() => new Map());
	drafts.set(() => new Map());
}

/** Writes drafts once the keys rest, and at once when the page may be about to go away. */
export function keepDrafts(signal: AbortSignal): void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const settle = (): void => {
		clearTimeout(timer);
		if (!signal.aborted) void settleDrafts();
	};
	const stop = drafts.subscribe(() => {
		clearTimeout(timer);
		timer = setTimeout(settle, restMs);
	});
	signal.addEventListener("abort", stop, { once: true });
	addEventListener("blur", settle, { signal });
	addEventListener("pagehide", settle, { signal });
	document.addEventListener("visibilitychange", settle, { signal });
}

/** Another window has written. What is being typed here and has not rested yet is newer. */
export function hearDraft(roomId: string, draft: Draft | undefined): void {
	if (drafts.get().get(roomId) !== settledDrafts.get().get(roomId)) return;
	settledDrafts.set((known) => withDraft(known, roomId, draft));
	drafts.set((known) => withDraft(known, roomId, draft));
}

/** Writes what has changed, shows it in the chat list and tells the other windows. */
export async function settleDrafts(): Promise<void> {
	const typed = drafts.get();
	const settled = settledDrafts.get();
	const changed = [...new Set([...typed.keys(), ...settled.keys()])].filter(
		(roomId) => typed.get(roomId) !== settled.get(roomId),
	);
	if (changed.length === 0) return;
	settledDrafts.set(() => typed);
	await Promise.all(changed.map((roomId) => keepDraft(roomId, typed.get(roomId))));
}

async function keepDraft(roomId: string, draft: Draft | undefined): Promise<void> {
	tellWindows({ kind: "draft", roomId, ...(draft && { draft }) });
	await attempt(async () => {
		const db = await accountDatabase();
		if (db === undefined) return;
		if (draft === undefined) return db.delete("drafts", roomId);
		const record = { roomId, ...draft };
		const isSealed = encryptionOf(roomId) !== undefined;
		await db.put("drafts", isSealed ? await (await recordSealOf(db)).seal(record, "roomId") : record);
	});
}

/** A draft that cannot be written lives as long as the page. */
async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch {
		return undefined;
	}
}

function isSound(draft: Draft): boolean {
	return typeof draft.text === "string";
}
