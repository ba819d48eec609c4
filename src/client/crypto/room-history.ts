import { newTransactionId } from "../outbox/transaction-id.ts";
import { accountDatabase } from "../storage/current-account.ts";
import { askEngine } from "./ask-engine.ts";
import type { HistoryDuty } from "./history-duty.ts";

/** These people were invited: they are given the keys of what newcomers may read, when they have a device. */
export async function shareHistory(roomId: string, userIds: readonly string[]): Promise<void> {
	if (userIds.length > 0) void tell(await note("share", roomId, userIds));
}

/**
 * An invitation is accepted: its sender hands over the keys of what was said before. `join` does it; where it fails, nothing is
 * expected.
 */
export async function expectHistory(roomId: string, inviterId: string, join: () => Promise<unknown>): Promise<void> {
	const duty = await note("expect", roomId, [inviterId]);
	try {
		await join();
	} catch (error) {
		await drop(duty);
		throw error;
	}
	void tell(duty);
}

/** Tells the engine what earlier pages did not come to tell it. */
export async function takeUpDuties(): Promise<void> {
	const database = await accountDatabase();
	const duties = (await database?.getAll("historyDuties").catch(() => [])) ?? [];
	await Promise.all(duties.map(tell));
}

async function note(kind: HistoryDuty["kind"], roomId: string, userIds: readonly string[]): Promise<HistoryDuty> {
	const duty = { dutyId: newTransactionId(), kind, roomId, userIds };
	const database = await accountDatabase();
	await database?.put("historyDuties", duty).catch(() => undefined);
	return duty;
}

async function drop({ dutyId }: HistoryDuty): Promise<void> {
	const database = await accountDatabase();
	await database?.delete("historyDuties", dutyId).catch(() => undefined);
}

/** Where no engine can be had it is kept: the next page's may be. */
async function tell(duty: HistoryDuty): Promise<void> {
	const { kind, roomId, userIds } = duty;
	const [first = ""] = userIds;
	const telling =
		kind === "share"
			? askEngine("shareHistory", { roomId, userIds: [...userIds] })
			: askEngine("expectHistory", { roomId, inviterId: first });
	await telling.then(
		() => drop(duty),
		() => undefined,
	);
}
