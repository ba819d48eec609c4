import { forgetVectors } from "../meaning/kept-vectors.ts";
import { recordSealOf } from "../storage/account-database.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { tellWindows } from "../windows/window-channel.ts";
import type { KeptOwnOllama } from "./kept-own-ollama.ts";
import { type OwnOllama, type OwnSettings, ownOllama } from "./own-settings.ts";

/** Reads what this browser keeps of the person's own Ollama, and forgets it with the signal. */
export async function readOwnOllama(signal: AbortSignal): Promise<void> {
	const kept = await read().catch((): OwnOllama => ({ kind: "broken" }));
	if (signal.aborted) return;
	if (ownOllama.get().kind === "unread") ownOllama.set(() => kept);
	signal.addEventListener("abort", () => ownOllama.set(() => ({ kind: "unread" })), { once: true });
}

/** Keeps what the person chose, or lets go of it, here and in the other windows. */
export async function chooseOwnOllama(settings: OwnSettings | undefined): Promise<void> {
	const chosen: OwnOllama = settings === undefined ? { kind: "none" } : { kind: "set", settings };
	ownOllama.set(() => chosen);
	// What was read for its meaning was read for this.
	if (settings?.embedModel === undefined) await forgetVectors().catch(() => undefined);
	tellWindows({ kind: "ownOllama", chosen });
	const database = await accountDatabase();
	// Where the browser keeps nothing it holds until the page is left.
	if (database === undefined) return;
	if (settings === undefined) await database.delete("ownOllama", "settings");
	else {
		const record: KeptOwnOllama = { id: "settings", ...settings };
		await database.put("ownOllama", await (await recordSealOf(database)).seal(record, "id"));
	}
}

async function read(): Promise<OwnOllama> {
	const database = await accountDatabase();
	const kept = await database?.get("ownOllama", "settings");
	if (database === undefined || kept === undefined) return { kind: "none" };
	const { id: _, ...settings } = await (await recordSealOf(database)).open<KeptOwnOllama, "id">(kept);
	return { kind: "set", settings };
}
