/**
 * The secrets of a person that this device has, under the names by which secret storage keeps them. They go from the
 * machine into ciphertexts and back, and nowhere else.
 * Source: Matrix v1.19 Client-Server API, "Cross-signing" and "Server-side key backups", "Decryption key"; MSC3814.
 */
import { BackupDecryptionKey } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { Recovery } from "./ports.ts";
import { readSleepKey } from "./sleeping-device.ts";

export const crossSigningSecrets = {
	master: "m.cross_signing.master",
	selfSigning: "m.cross_signing.self_signing",
	userSigning: "m.cross_signing.user_signing",
} as const;
export const backupSecret = "m.megolm_backup.v1";
/** What the device that the person leaves asleep is sealed under. */
export const sleepSecret = "org.matrix.msc3814";

export const secretNames = [...Object.values(crossSigningSecrets), backupSecret, sleepSecret] as const;
export type SecretName = (typeof secretNames)[number];

/** Undefined unless this device has all of the identity: half of it would look like a recovery and be none. */
export async function readOwnSecrets({
	machine,
}: Pick<Recovery, "machine">): Promise<ReadonlyMap<SecretName, string> | undefined> {
	const { masterKey, self_signing_key, userSigningKey } = (await machine.exportCrossSigningKeys()) ?? {};
	if (masterKey === undefined || self_signing_key === undefined || userSigningKey === undefined) return undefined;
	const { decryptionKey } = await machine.getBackupKeys();
	const secrets = new Map<SecretName, string>([
		[crossSigningSecrets.master, masterKey],
		[crossSigningSecrets.selfSigning, self_signing_key],
		[crossSigningSecrets.userSigning, userSigningKey],
	]);
	if (decryptionKey !== undefined) secrets.set(backupSecret, decryptionKey.toBase64());
	const sleepKey = await readSleepKey({ machine });
	if (sleepKey !== undefined) secrets.set(sleepSecret, sleepKey);
	return secrets;
}

/** A backup's key as secret storage has it; undefined: it is none. */
export function backupKeyIn(secret: string | undefined): BackupDecryptionKey | undefined {
	if (secret === undefined) return undefined;
	try {
		return BackupDecryptionKey.fromBase64(secret);
	} catch {
		return undefined;
	}
}
