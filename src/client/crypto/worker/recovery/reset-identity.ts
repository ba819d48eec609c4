/**
 * Somebody who lost every device and the recovery key begins anew: another identity, another backup. What only the lost
 * keys opened stays closed, and whoever had verified the person is told that their identity changed.
 */
import type { KeysUploadRequest } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { BackupState } from "../../recovery-call.ts";
import { createBackup } from "./backup.ts";
import { refreshOwnIdentity } from "./own-identity.ts";
import type { Recovery } from "./ports.ts";
import { defaultKeyType } from "./secret-store.ts";

export async function resetIdentity(
	recovery: Recovery,
	/** Replaces the keys on the server, which asks whether the person is there; what it refuses changes nothing there. */
	uploadSigningKeys: (body: Readonly<Record<string, unknown>>) => Promise<unknown>,
): Promise<BackupState> {
	const { machine, server, send } = recovery;
	const requests = await machine.bootstrapCrossSigning(true);
	const deviceKeys: KeysUploadRequest | undefined = requests.uploadKeysRequest;
	if (deviceKeys !== undefined) await send(deviceKeys);
	await uploadSigningKeys(JSON.parse(requests.uploadSigningKeysRequest.body));
	await send(requests.uploadSignaturesRequest);
	await refreshOwnIdentity(recovery);
	// The key to the old secrets is no way back any more.
	await server.setAccountData(defaultKeyType, {});
	return createBackup(recovery, (await server.currentBackup())?.version);
}
