/** Recovery as part of a running engine: answers its calls, and fetches the keys that messages wait for. */
import { type OlmMachine, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { CryptoInput, CryptoNews, CryptoOutput } from "../../crypto-message.ts";
import type { RestoreProgress, recoveryCalls } from "../../recovery-call.ts";
import type { EngineMemory } from "../engine-memory.ts";
import { type KeyServer, Refused } from "../key-server.ts";
import type { OutgoingLoop } from "../outgoing-loop.ts";
import { type BackupKeeper, createBackupKeeper } from "./backup-keeper.ts";
import { exportKeyFile, importKeyFile } from "./key-file.ts";
import { createMissingKeys } from "./missing-keys.ts";
import { confirmRecoveryKey, prepareRecoveryKey } from "./new-recovery-key.ts";
import { refreshOwnIdentity } from "./own-identity.ts";
import { backupSecret, readOwnSecrets } from "./own-secrets.ts";
import type { KeyRef, Recovery } from "./ports.ts";
import { resetIdentity } from "./reset-identity.ts";
import { restoreKey, restoreKeys } from "./restore-keys.ts";
import { readDefaultKey } from "./secret-store.ts";
import { createSleepKeeper, type SleepKeeper } from "./sleep-keeper.ts";
import { unlockBackup, unlockWith } from "./unlock.ts";

type RecoveryHandlers = {
	readonly [C in keyof typeof recoveryCalls]: (input: CryptoInput<C>) => Promise<CryptoOutput<C>>;
};

export interface RecoveryParts {
	readonly memory: Pick<EngineMemory, "isWakeDue" | "setWakeDue">;
	readonly machine: OlmMachine;
	readonly server: KeyServer;
	readonly loop: Pick<OutgoingLoop, "send" | "run">;
	readonly later: (callback: () => void, delayMs: number) => () => void;
	readonly tell: (news: CryptoNews) => void;
	/** Has the machine follow the devices of these people, before something of theirs is taken in. */
	readonly know: (userIds: readonly string[]) => Promise<void>;
}

export interface RunningRecovery {
	readonly handlers: RecoveryHandlers;
	/** A message waits for this key. */
	want(key: KeyRef): void;
	/** Brings all that the backup has of a room, where this device reads it. Rejects as the server's calls do. */
	restoreRoom(roomId: string): Promise<void>;
	/** What the rest of the engine tells. */
	hear(news: CryptoNews): void;
	stop(): void;
}

export const createRecovery = ({
	machine,
	memory,
	server,
	loop,
	later,
	tell,
	know,
}: RecoveryParts): RunningRecovery => {
	const recovery: Recovery = {
		...{ machine, server },
		send: (request) => loop.send(request),
		random: (count) => crypto.getRandomValues(new Uint8Array(count)),
	};
	let isStopped = false;
	const whileRunning: RecoveryParts["later"] = (callback, delayMs) =>
		later(() => {
			if (!isStopped) callback();
		}, delayMs);
	const missing = createMissingKeys({ fetch: (key) => restoreKey(recovery, key), now: Date.now, later: whileRunning });
	const keeper = createBackupKeeper({ recovery, later, tell, onOpened: missing.hurry });
	const sleeper = createSleepKeeper({ recovery, memory, know, later: whileRunning, now: Date.now });
	machine.registerReceiveSecretCallback(async (name: string, secret: string) => {
		if (name !== backupSecret) return;
		await keeper.change(async () => ({ state: await unlockBackup(recovery, secret), outcome: undefined }));
		await machine.deleteSecretsFromInbox(name);
	});
	return {
		handlers: {
			...keyCalls(recovery, keeper, sleeper),
			...identityCalls(recovery, { keeper, sleeper }, server),
			...fileCalls(recovery, keeper, tell),
		},
		want: missing.want,
		restoreRoom: async (roomId) => {
			await restoreKeys(recovery, { roomId, total: 0, onProgress: () => undefined });
		},
		hear: (news) => {
			if (news.kind === "identity") {
				keeper.lookAnew();
				if (news.status === "verified") sleeper.start();
				// A device that was let in by another one gets from it what opens the backup.
				if (news.status === "verified") void askOwnDevices(machine, loop).catch(() => undefined);
			}
			if (news.kind !== "roomKeys") return;
			for (const key of news.sessions) missing.forget(key);
			keeper.tendSoon();
		},
		stop: () => {
			isStopped = true;
			keeper.stop();
			sleeper.stop();
		},
	};
};

const askOwnDevices = async (machine: OlmMachine, loop: RecoveryParts["loop"]): Promise<void> => {
	if (await machine.requestMissingSecretsIfNeeded()) await loop.run();
};

const keyCalls = (
	recovery: Recovery,
	keeper: BackupKeeper,
	sleeper: SleepKeeper,
): Pick<RecoveryHandlers, "recoveryStatus" | "prepareRecoveryKey" | "confirmRecoveryKey"> => {
	/** Ids of keys that a window shows. */
	const shown = new Set<string>();
	return {
		recoveryStatus: async () => {
			const kept = await readDefaultKey(recovery.server);
			if (keeper.state().kind === "unknown") await keeper.tend();
			return { backup: keeper.state(), hasRecoveryKey: kept.kind !== "none" };
		},
		prepareRecoveryKey: async () => {
			if ((await readOwnSecrets(recovery)) === undefined) return { kind: "failed", why: "not-verified" };
			await keeper.tend();
			// A key that does not open the backup is none; there will be one as soon as the identity is known everywhere.
			if (keeper.state().kind !== "on") return { kind: "failed", why: "not-ready" };
			await sleeper.prepare();
			return keeper.change<CryptoOutput<"prepareRecoveryKey">>(async () => {
				const made = await prepareRecoveryKey(recovery, [...shown]);
				if (typeof made === "string") return { state: undefined, outcome: { kind: "failed", why: made } };
				shown.add(made.keyId);
				return { state: undefined, outcome: { kind: "prepared", ...made } };
			});
		},
		confirmRecoveryKey: (prepared) =>
			keeper.change<CryptoOutput<"confirmRecoveryKey">>(async () => {
				const outcome = await confirmRecoveryKey(recovery, prepared);
				if (outcome !== "done") return { state: undefined, outcome: { kind: "failed", why: outcome } };
				shown.clear();
				await sleeper.wake();
				return { state: undefined, outcome: { kind: "done" } };
			}),
	};
};

const identityCalls = (
	recovery: Recovery,
	{ keeper, sleeper }: { readonly keeper: BackupKeeper; readonly sleeper: SleepKeeper },
	server: KeyServer,
): Pick<RecoveryHandlers, "unlock" | "resetIdentity" | "ownDevices"> => ({
	unlock: ({ typed }) =>
		keeper.change(async () => {
			const outcome = await unlockWith(recovery, typed, sleeper.wake);
			return { state: outcome.kind === "unlocked" ? outcome.backup : undefined, outcome };
		}),
	resetIdentity: ({ proof }) =>
		keeper.change<CryptoOutput<"resetIdentity">>(async () => {
			try {
				const state = await resetIdentity(recovery, (body) => server.uploadSigningKeys({ ...body, proof }));
				await sleeper.forget();
				return { state, outcome: { kind: "done" } };
			} catch (error) {
				if (!(error instanceof Refused)) throw error;
				return { state: undefined, outcome: { kind: "refused", code: error.code } };
			}
		}),
	ownDevices: async () => {
		await refreshOwnIdentity(recovery);
		using devices = await recovery.machine.getUserDevices(new UserId(recovery.machine.userId.toString()));
		const lines = devices.devices().flatMap((device) => {
			const line = { deviceId: device.deviceId.toString(), isVerified: device.isCrossSignedByOwner() };
			const isAsleep = device.isDehydrated;
			device.free();
			return isAsleep ? [] : [line];
		});
		return { devices: lines };
	},
});

const fileCalls = (
	recovery: Recovery,
	keeper: BackupKeeper,
	tell: RecoveryParts["tell"],
): Pick<RecoveryHandlers, "restoreKeys" | "exportKeys" | "importKeys"> => {
	const onProgress = (progress: RestoreProgress): void => tell({ kind: "restore", progress });
	let restoring: Promise<RestoreProgress | undefined> | undefined;
	return {
		restoreKeys: async () => {
			const state = keeper.state();
			const total = state.kind === "on" ? state.count : 0;
			// Windows that ask meanwhile get the same one.
			restoring ??= restoreKeys(recovery, { total, onProgress }).finally(() => {
				restoring = undefined;
			});
			const progress = await restoring;
			return progress === undefined ? {} : { progress };
		},
		exportKeys: async ({ passphrase }) => ({ file: await exportKeyFile(recovery, passphrase) }),
		importKeys: async (locked) => {
			const outcome = await importKeyFile(recovery, locked, ({ imported, total }) =>
				onProgress({ done: imported, total, damaged: 0 }),
			);
			keeper.tendSoon();
			return outcome === undefined ? { kind: "refused" } : { kind: "imported", ...outcome };
		},
	};
};
