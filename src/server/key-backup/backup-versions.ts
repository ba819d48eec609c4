import { checkBackupAuthData } from "../../../federation/device-keys/backup-data.ts";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../../../federation/json/canonical-json.ts";
import { getString } from "../../../federation/json/json-object.ts";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { parseJson } from "../../../federation/json/parse-json.ts";
import { AppError } from "../../shared/app-error.ts";
import type { KeyBackupStore, StoredBackup } from "./ports.ts";

export interface NewBackup {
	readonly algorithm: string;
	readonly authData: JsonObject;
	/** The version whose place it takes; without one there must be none. */
	readonly replaces: number | undefined;
}

/** A backup as its person's devices see it. */
export interface BackupView extends Omit<StoredBackup, "authData"> {
	readonly authData: JsonObject;
}

/**
 * Begins a backup. Begun again with the same key it is the same one; another one takes its place only where that is said:
 * no device makes a second backup that the others do not know of. Throws `keys-refused`, `wrong-backup-version`.
 */
export const createBackup = async (
	store: KeyBackupStore,
	userId: UserId,
	{ algorithm, authData, replaces }: NewBackup,
): Promise<number> => {
	checkAuthData(algorithm, authData, userId);
	const current = await store.find(userId, undefined);
	if (
		current !== undefined &&
		replaces !== current.version &&
		publicKeyOf(objectOf(current)) === publicKeyOf(authData)
	) {
		return current.version;
	}
	const version = await store.create(userId, { algorithm, authData: encodeCanonicalJson(authData), replaces });
	if (version === undefined) throw new AppError("wrong-backup-version", { rule: "DEV-19" });
	return version;
};

/** Throws AppError `not-found` where there is none. */
export const readBackup = async (
	store: KeyBackupStore,
	userId: UserId,
	version: number | undefined,
): Promise<BackupView> => {
	const found = await store.find(userId, version);
	if (found === undefined) throw new AppError("not-found");
	return { ...found, authData: objectOf(found) };
};

/** More signatures may be added; another key would make what is in it unreadable. Throws `not-found`, `keys-refused`. */
export const updateBackup = async (
	store: KeyBackupStore,
	userId: UserId,
	{
		version,
		algorithm,
		authData,
	}: { readonly version: number; readonly algorithm: string; readonly authData: JsonObject },
): Promise<void> => {
	checkAuthData(algorithm, authData, userId);
	const found = await readBackup(store, userId, version);
	if (publicKeyOf(found.authData) !== publicKeyOf(authData)) throw new AppError("keys-refused", { rule: "DEV-19" });
	await store.updateAuthData(userId, version, encodeCanonicalJson(authData));
};

const checkAuthData = (algorithm: string, authData: JsonObject, userId: UserId): void => {
	const checked = checkBackupAuthData(algorithm, authData, userId);
	if (checked.kind === "refused") throw new AppError("keys-refused", { rule: checked.rule, detail: checked.detail });
};

const objectOf = ({ authData }: StoredBackup): JsonObject => {
	const parsed = parseJson(authData);
	if (parsed.kind !== "ok") throw new Error("stored JSON is none");
	return parsed.value as JsonObject;
};

const publicKeyOf = (authData: JsonObject): string | undefined => getString(authData, "public_key");
