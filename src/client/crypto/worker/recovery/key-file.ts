/**
 * Room keys in a file that other clients read too, locked with a passphrase.
 * Source: Matrix v1.19 Client-Server API, "Key exports".
 */
import { OlmMachine } from "@matrix-org/matrix-sdk-crypto-wasm";
import type { Recovery } from "./ports.ts";

/** What other clients use; a guess costs as much. */
const rounds = 500_000;

export async function exportKeyFile({ machine }: Pick<Recovery, "machine">, passphrase: string): Promise<string> {
	const keys = await machine.exportRoomKeys(() => true);
	return OlmMachine.encryptExportedRoomKeys(keys, passphrase, rounds);
}

export interface ImportedKeys {
	readonly imported: number;
	readonly total: number;
}

/** Undefined: it is no such file, or the passphrase is another one. */
export async function importKeyFile(
	{ machine }: Pick<Recovery, "machine">,
	{ file, passphrase }: { readonly file: string; readonly passphrase: string },
	onProgress: (progress: ImportedKeys) => void,
): Promise<ImportedKeys | undefined> {
	const keys = openKeyFile(file, passphrase);
	if (keys === undefined) return undefined;
	const result = await machine.importExportedRoomKeys(keys, (imported, total) =>
		onProgress({ imported: Number(imported), total: Number(total) }),
	);
	return { imported: result.importedCount, total: result.totalCount };
}

function openKeyFile(file: string, passphrase: string): string | undefined {
	try {
		return OlmMachine.decryptExportedRoomKeys(file, passphrase);
	} catch {
		return undefined;
	}
}
