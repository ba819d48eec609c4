/**
 * Sees to it that a device of the person is asleep on the server, and that what it got is taken out. Only a device that has
 * the key does so, which is one that has or had the person's other secrets.
 */
import type { EngineMemory } from "../engine-memory.ts";
import { createTurns } from "../turns.ts";
import { isVerifiedHere } from "./own-identity.ts";
import type { Recovery } from "./ports.ts";
import { ensureSleepKey, forgetSleepKey, leaveDevice, readSleepKey, wakeDevice } from "./sleeping-device.ts";

export interface SleepKeeper {
	/**
	 * The key here is for certain the one that the recovery key opens: what sleeps is woken, and another one left, as soon as
	 * the server can be asked; by the next engine, where this one ends before. Resolves once that is put down.
	 */
	wake(): Promise<void>;
	/** Makes the key that a new recovery key is to open, where there is none. */
	prepare(): Promise<void>;
	/** Another identity: nothing that slept for the one before is of use. */
	forget(): Promise<void>;
	/**
	 * Looks in a moment, and from then on once a day: a device is left where none sleeps, and another one in place of one that
	 * has long been asleep.
	 */
	start(): void;
	stop(): void;
}

interface KeeperParts {
	readonly recovery: Recovery;
	readonly memory: Pick<EngineMemory, "isWakeDue" | "setWakeDue">;
	readonly know: (userIds: readonly string[]) => Promise<void>;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly now: () => number;
}

const dayMs = 24 * 3_600_000;
/** After so long what it got has grown, and its one-time keys have become few. */
const renewAfterMs = 7 * dayMs;
const retryMs = 60_000;

export const createSleepKeeper = ({ recovery, memory, know, later, now }: KeeperParts): SleepKeeper => {
	const turns = createTurns();
	let isStopped = false;
	let forgetTimer: (() => void) | undefined;
	const mayLeave = async (): Promise<boolean> =>
		!isStopped && (await readSleepKey(recovery)) !== undefined && (await isVerifiedHere(recovery));
	const tend = (): Promise<void> =>
		turns.inTurn("", async () => {
			if (!(await mayLeave())) return;
			const isWakeDue = await memory.isWakeDue();
			const asleep = await recovery.server.sleepingDevice();
			if (asleep !== undefined) {
				if (!isWakeDue && now() - asleep.created_ts < renewAfterMs) return;
				const isOpened = await wakeDevice(recovery, asleep, know);
				// Another device made another key, which the recovery key opens: this one is worth nothing any more.
				if (!isOpened && !isWakeDue) return forgetSleepKey(recovery);
			}
			await leaveDevice(recovery);
			if (isWakeDue) await memory.setWakeDue(false);
		});
	const tendIn = (delayMs: number): void => {
		forgetTimer?.();
		if (isStopped) return;
		forgetTimer = later(() => {
			tend().then(
				() => tendIn(dayMs),
				() => tendIn(retryMs),
			);
		}, delayMs);
	};
	return {
		wake: async () => {
			await memory.setWakeDue(true);
			tendIn(0);
		},
		prepare: () => turns.inTurn("", () => ensureSleepKey(recovery)),
		forget: () =>
			turns.inTurn("", async () => {
				await forgetSleepKey(recovery);
				await memory.setWakeDue(false);
				await recovery.server.removeSleepingDevice();
			}),
		start: () => tendIn(0),
		stop: () => {
			isStopped = true;
			forgetTimer?.();
		},
	};
};
