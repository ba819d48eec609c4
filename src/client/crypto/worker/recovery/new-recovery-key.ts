/**
 * A recovery key is made in two steps: prepared, it opens the person's secrets beside the key before it; confirmed, when
 * the person has it, it takes that one's place. Who goes away in between still has the key they had.
 */
import { encodeBase64Url } from "../../../../../federation/json/base64.ts";
import { describeKey } from "../secret-storage/key-check.ts";
import { readRecoveryKey, writeRecoveryKey } from "../secret-storage/recovery-key.ts";
import { crossSigningSecrets, readOwnSecrets } from "./own-secrets.ts";
import type { Recovery } from "./ports.ts";
import {
	defaultKeyType,
	descriptionType,
	type NamedKey,
	readDefaultKey,
	readSecrets,
	writeSecrets,
} from "./secret-store.ts";

export interface PreparedKey {
	/** As the person writes it down. */
	readonly recoveryKey: string;
	/** Opens nothing: by it the key is confirmed. */
	readonly keyId: string;
}

/** What went wrong: this device lacks the secrets, or what was written does not come back. */
export type NoRecoveryKey = "not-verified" | "not-readable";

/**
 * Makes a key and shows that it works, by opening with it, as it is written, what the server then has. `others`: prepared
 * ones, in other windows, which go on working.
 */
export async function prepareRecoveryKey(
	recovery: Recovery,
	others: readonly string[] = [],
): Promise<PreparedKey | NoRecoveryKey> {
	const secrets = await readOwnSecrets(recovery);
	if (secrets === undefined) return "not-verified";
	const before = await readDefaultKey(recovery.server);
	const named: NamedKey = { id: encodeBase64Url(recovery.random(24)).replace(/[-_]/g, "A"), key: recovery.random(32) };
	await writeSecrets(recovery, named, { secrets, keep: before.kind === "known" ? [before.id, ...others] : others });
	const recoveryKey = writeRecoveryKey(named.key);
	return (await opensAll(recovery, { keyId: named.id, recoveryKey }))
		? { recoveryKey, keyId: named.id }
		: "not-readable";
}

/** Makes the prepared key the one that counts. */
export async function confirmRecoveryKey(recovery: Recovery, prepared: PreparedKey): Promise<"done" | NoRecoveryKey> {
	const secrets = await readOwnSecrets(recovery);
	if (secrets === undefined) return "not-verified";
	const read = readRecoveryKey(prepared.recoveryKey);
	if (read.kind !== "key") return "not-readable";
	const named: NamedKey = { id: prepared.keyId, key: read.key };
	const { server, random } = recovery;
	// Another one was confirmed meanwhile.
	if (!(await readSecrets(server, named)).has(crossSigningSecrets.master)) return "not-readable";
	const before = await readDefaultKey(server);
	await writeSecrets(recovery, named, { secrets, keep: before.kind === "known" ? [before.id] : [] });
	if (!(await opensAll(recovery, prepared))) return "not-readable";
	await server.setAccountData(descriptionType(prepared.keyId), {
		name: "Kith",
		...(await describeKey(read.key, random)),
	});
	await server.setAccountData(defaultKeyType, { key: prepared.keyId });
	// What came before opens nothing any more.
	await writeSecrets(recovery, named, { secrets, keep: [] });
	return (await opensAll(recovery, prepared)) ? "done" : "not-readable";
}

/** Whether the key, read from what the person keeps, opens on the server what this device has. */
async function opensAll(recovery: Recovery, { recoveryKey, keyId }: PreparedKey): Promise<boolean> {
	const [own, read] = [await readOwnSecrets(recovery), readRecoveryKey(recoveryKey)];
	if (own === undefined || read.kind !== "key") return false;
	const stored = await readSecrets(recovery.server, { id: keyId, key: read.key });
	return [...own].every(([name, secret]) => stored.get(name) === secret);
}
