/**
 * Keeps the backup going while the engine runs: looks whether it is there and the person's, and puts into it what has come.
 * What several windows or calls want of the backup happens one after the other.
 */
import type { CryptoNews } from "../../crypto-message.ts";
import type { BackupState } from "../../recovery-call.ts";
import { Refused } from "../key-server.ts";
import { createTurns } from "../turns.ts";
import { sendToBackup, settleBackup } from "./backup.ts";
import type { Recovery } from "./ports.ts";

export interface BackupKeeper {
	state(): BackupState;
	/** Looks now, and sends what is there. Rejects as the server's calls do. */
	tend(): Promise<void>;
	/** The same in a moment: what comes until then goes along. */
	tendSoon(): void;
	/** Something else that is about the backup, after which it stands as the work says. */
	change<T>(work: () => Promise<{ readonly state: BackupState | undefined; readonly outcome: T }>): Promise<T>;
	/** The device stands otherwise with its identity than when the backup was looked at. */
	lookAnew(): void;
	stop(): void;
}

interface KeeperParts {
	readonly recovery: Recovery;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly tell: (news: CryptoNews) => void;
	readonly onOpened: () => void;
}

/** How long after a key came it is backed up. */
const gatherMs = 1_000;
const retryMs = 60_000;

export const createBackupKeeper = ({ recovery, later, tell, onOpened }: KeeperParts): BackupKeeper => {
	const turns = createTurns();
	let current: BackupState = { kind: "unknown" };
	let isStopped = false;
	let forgetTimer: (() => void) | undefined;
	const note = (next: BackupState): void => {
		const isOther = next.kind !== current.kind;
		current = next;
		if (!isOther) return;
		tell({ kind: "backup", state: next });
		if (next.kind === "on") onOpened();
	};
	const tend = (): Promise<void> =>
		turns.inTurn("", async () => {
			if (isStopped) return;
			if (current.kind !== "on") note(await settleBackup(recovery));
			await sendToBackup(recovery);
		});
	const tendIn = (delayMs: number): void => {
		if (forgetTimer !== undefined || isStopped) return;
		forgetTimer = later(() => {
			forgetTimer = undefined;
			tend().catch((error: unknown) => {
				// Another device put another backup in its place: what this one may do with it is looked at anew.
				if (error instanceof Refused) current = { kind: "unknown" };
				tendIn(retryMs);
			});
		}, delayMs);
	};
	return {
		state: () => current,
		tend,
		tendSoon: () => tendIn(gatherMs),
		change: (work) =>
			turns.inTurn("", async () => {
				const { state, outcome } = await work();
				if (state !== undefined) note(state);
				tendIn(gatherMs);
				return outcome;
			}),
		lookAnew: () => {
			if (current.kind !== "on") current = { kind: "unknown" };
			tendIn(0);
		},
		stop: () => {
			isStopped = true;
			forgetTimer?.();
		},
	};
};
