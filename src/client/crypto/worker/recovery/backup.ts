/**
 * The backup of room keys on the server: made once, by a device that the person's identity vouches for; used wherever its
 * key is known to be the person's.
 * Source: Matrix v1.19 Client-Server API, "Server-side key backups".
 */
import { BackupDecryptionKey } from "@matrix-org/matrix-sdk-crypto-wasm";
import { encodeCanonicalJson } from "../../../../../federation/json/canonical-json.ts";
import type { BackupState } from "../../recovery-call.ts";
import { isVerifiedHere, refreshOwnIdentity } from "./own-identity.ts";
import type { Recovery, ServerBackup } from "./ports.ts";

/** Looks what the server has, and makes the first backup where that is for this device to do; never a second one. */
export async function settleBackup(recovery: Recovery): Promise<BackupState> {
	const { machine, server } = recovery;
	const [current, own] = [await server.currentBackup(), await machine.getBackupKeys()];
	const { decryptionKey, backupVersion } = own;
	if (current === undefined) {
		if (decryptionKey !== undefined) return pause(recovery);
		await refreshOwnIdentity(recovery);
		return (await isVerifiedHere(recovery)) ? createBackup(recovery) : { kind: "none" };
	}
	if (decryptionKey === undefined) return { kind: "locked", count: current.count };
	if (!opens(decryptionKey, current)) return pause(recovery);
	if (backupVersion !== current.version || !(await machine.isBackupEnabled())) {
		await takeUpBackup(recovery, decryptionKey, current);
	}
	return { kind: "on", version: current.version, count: current.count };
}

/** Makes a backup with a key of its own. `replaces`: the one whose place it takes, which the person has agreed to lose. */
export async function createBackup(recovery: Recovery, replaces?: string): Promise<BackupState> {
	const { machine, server } = recovery;
	const key = BackupDecryptionKey.createRandomKey();
	const { algorithm, publicKeyBase64 } = key.megolmV1PublicKey;
	const authData = { public_key: publicKeyBase64 };
	const signatures = JSON.parse((await machine.sign(encodeCanonicalJson(authData))).asJSON());
	const { version } = await server.createBackup({
		...{ algorithm, auth_data: { ...authData, signatures } },
		...(replaces === undefined ? {} : { replaces }),
	});
	// What went into another one has to go into this one too.
	await machine.disableBackup();
	await machine.saveBackupDecryptionKey(key, version);
	await machine.enableBackupV1(publicKeyBase64, version);
	return { kind: "on", version, count: 0 };
}

/** Uses the server's backup from here on; the key must open it. */
export async function takeUpBackup(
	{ machine }: Pick<Recovery, "machine">,
	key: BackupDecryptionKey,
	{ version }: ServerBackup,
): Promise<void> {
	const { publicKeyBase64 } = key.megolmV1PublicKey;
	await machine.saveBackupDecryptionKey(key, version);
	await machine.enableBackupV1(publicKeyBase64, version);
}

/** Whether the key is the one that this backup is encrypted to: a server could serve somebody else's. */
export function opens(key: BackupDecryptionKey, { algorithm, auth_data }: ServerBackup): boolean {
	const own = key.megolmV1PublicKey;
	return algorithm === own.algorithm && auth_data["public_key"] === own.publicKeyBase64;
}

/** Sends what is not in the backup yet. */
export async function sendToBackup({ machine, send }: Pick<Recovery, "machine" | "send">): Promise<void> {
	if (!(await machine.isBackupEnabled())) return;
	for (let request = await machine.backupRoomKeys(); request; request = await machine.backupRoomKeys()) {
		await send(request);
	}
}

/** Nothing goes into a backup that is not the person's for certain. */
async function pause({ machine }: Recovery): Promise<BackupState> {
	if (await machine.isBackupEnabled()) await machine.disableBackup();
	return { kind: "replaced" };
}
