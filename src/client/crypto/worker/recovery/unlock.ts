/**
 * A device that has nothing gets the person's secrets from storage: with the recovery key, or the passphrase that another
 * client let them choose. Each secret is believed only when it fits what it is for.
 */
import type { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { BackupState, UnlockRefusal } from "../../recovery-call.ts";
import { fitsDescription } from "../secret-storage/key-check.ts";
import { keyOfPassphrase } from "../secret-storage/passphrase-key.ts";
import { readRecoveryKey } from "../secret-storage/recovery-key.ts";
import type { StorageKey } from "../secret-storage/secret-keys.ts";
import type { KeyDescription } from "../secret-storage/secret-schemas.ts";
import { opens, takeUpBackup } from "./backup.ts";
import { isVerifiedHere, ownIdentity, refreshOwnIdentity } from "./own-identity.ts";
import { backupKeyIn, backupSecret, crossSigningSecrets, type SecretName, sleepSecret } from "./own-secrets.ts";
import type { Recovery } from "./ports.ts";
import { type NamedKey, readDefaultKey, readSecrets, writeSecrets } from "./secret-store.ts";
import { ensureSleepKey, keepSleepKey, readSleepKey } from "./sleeping-device.ts";

export type Unlocked = { readonly kind: "unlocked"; readonly backup: BackupState };

/** `onSleepKey`: what the person's sleeping device sleeps under is here, and it is what the recovery key opens. */
export async function unlockWith(
	recovery: Recovery,
	typed: string,
	onSleepKey: () => Promise<void> = async () => undefined,
): Promise<Unlocked | { readonly kind: "refused"; readonly why: UnlockRefusal }> {
	const found = await readDefaultKey(recovery.server);
	if (found.kind !== "known") return refused(found.kind === "none" ? "no-storage" : "unknown-storage");
	const key = await keyIn(typed, found.description);
	if (typeof key === "string") return refused(key);
	const secrets = await readSecrets(recovery.server, { id: found.id, key });
	if (!(await takeUpIdentity(recovery, secrets))) return refused("other-identity");
	await takeUpSleepKey(recovery, { id: found.id, key }, secrets.get(sleepSecret));
	await onSleepKey();
	return { kind: "unlocked", backup: await unlockBackup(recovery, secrets.get(backupSecret)) };
}

function refused(why: UnlockRefusal) {
	return { kind: "refused", why } as const;
}

async function keyIn(typed: string, description: KeyDescription): Promise<StorageKey | UnlockRefusal> {
	const read = readRecoveryKey(typed);
	if (read.kind === "key") return (await fitsDescription(read.key, description)) ? read.key : "other-key";
	if (description.passphrase === undefined) return read.why;
	const key = await keyOfPassphrase(typed, description.passphrase);
	return (await fitsDescription(key, description)) ? key : "other-key";
}

/** A recovery key that came before there was a sleeping device opens what it sleeps under from now on. */
async function takeUpSleepKey(recovery: Recovery, storage: NamedKey, secret: string | undefined): Promise<void> {
	if (secret !== undefined && (await keepSleepKey(recovery, secret))) return;
	await ensureSleepKey(recovery);
	const made = await readSleepKey(recovery);
	if (made === undefined) return;
	await writeSecrets(recovery, storage, { secrets: new Map([[sleepSecret, made]]), keep: [] });
}

/** Makes the identity this device's own and has it vouch for the device, if the secrets are those of its public keys. */
async function takeUpIdentity(recovery: Recovery, secrets: ReadonlyMap<SecretName, string>): Promise<boolean> {
	const { machine, send } = recovery;
	await refreshOwnIdentity(recovery);
	if ((await ownIdentity(recovery)) === undefined) return false;
	if (!(await importKeys(machine, secrets))) return false;
	const device = await machine.getDevice(machine.userId, machine.deviceId);
	if (device === undefined) return false;
	await send(await device.verify());
	await refreshOwnIdentity(recovery);
	return isVerifiedHere(recovery);
}

/** The machine refuses keys whose public halves are not the identity's. */
async function importKeys(machine: OlmMachine, secrets: ReadonlyMap<SecretName, string>): Promise<boolean> {
	try {
		const { master, selfSigning, userSigning } = crossSigningSecrets;
		const status = await machine.importCrossSigningKeys(
			secrets.get(master),
			secrets.get(selfSigning),
			secrets.get(userSigning),
		);
		return status.hasMaster && status.hasSelfSigning && status.hasUserSigning;
	} catch {
		return false;
	}
}

/** Takes up the backup with what is said to be its key. */
export async function unlockBackup(recovery: Recovery, secret: string | undefined): Promise<BackupState> {
	const current = await recovery.server.currentBackup();
	if (current === undefined) return { kind: "none" };
	const key = backupKeyIn(secret);
	if (key === undefined || !opens(key, current)) return { kind: "locked", count: current.count };
	await takeUpBackup(recovery, key, current);
	return { kind: "on", version: current.version, count: current.count };
}
