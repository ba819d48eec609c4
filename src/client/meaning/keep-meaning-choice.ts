import { recordSealOf } from "../storage/account-database.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { tellWindows } from "../windows/window-channel.ts";
import type { KeptMeaningChoice } from "./kept-meaning-choice.ts";
import { forgetVectors } from "./kept-vectors.ts";
import { type MeaningChoice, meaningChoice, noMeaningChoice } from "./meaning-choice.ts";
import { isFromServer } from "./vector-record.ts";

/** Reads what this browser keeps of it, and forgets it with the signal. What does not open is no consent. */
export async function readMeaningChoice(signal: AbortSignal): Promise<void> {
	const kept = await read().catch(() => noMeaningChoice);
	if (signal.aborted) return;
	meaningChoice.set((early) => early ?? kept);
	signal.addEventListener("abort", () => meaningChoice.set(() => undefined), { once: true });
}

/** Lets the server read chats for their meaning; not any more: what came of it goes, in all windows. */
export async function switchMeaning(isOn: boolean): Promise<void> {
	await choose({ isOn, roomIds: [] });
}

/** Lets the server read one more chat. */
export async function addMeaningRoom(roomId: string): Promise<void> {
	const { isOn, roomIds } = meaningChoice.get() ?? noMeaningChoice;
	if (isOn) await choose({ isOn, roomIds: [...roomIds.filter((one) => one !== roomId), roomId] });
}

/** One less. */
export async function removeMeaningRoom(roomId: string): Promise<void> {
	const { isOn, roomIds } = meaningChoice.get() ?? noMeaningChoice;
	await choose({ isOn, roomIds: roomIds.filter((one) => one !== roomId) });
}

/** Another window has changed it: what this one was just reading goes as well. */
export async function hearMeaningChoice(choice: MeaningChoice): Promise<void> {
	meaningChoice.set(() => choice);
	await forgetUnchosen(choice).catch(() => undefined);
}

async function choose(choice: MeaningChoice): Promise<void> {
	tellWindows({ kind: "meaningChoice", choice });
	await hearMeaningChoice(choice);
	const database = await accountDatabase();
	// Where the browser keeps nothing it holds until the page is left.
	if (database === undefined) return;
	const record: KeptMeaningChoice = { id: "choice", ...choice };
	await database.put("meaningChoice", await (await recordSealOf(database)).seal(record, "id"));
}

async function forgetUnchosen({ isOn, roomIds }: MeaningChoice): Promise<void> {
	await forgetVectors(({ model, roomId }) => isFromServer(model) && !(isOn && roomIds.includes(roomId)));
}

async function read(): Promise<MeaningChoice> {
	const database = await accountDatabase();
	const kept = await database?.get("meaningChoice", "choice");
	if (database === undefined || kept === undefined) return noMeaningChoice;
	const { isOn, roomIds } = await (await recordSealOf(database)).open<KeptMeaningChoice, "id">(kept);
	return { isOn, roomIds };
}
