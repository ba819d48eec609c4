/**
 * Backups of room keys on the server: what opens one, and which of two copies of a key stays.
 * Source: Matrix v1.19 Client-Server API, "Server-side key backups".
 */
import type { UserId } from "../identifiers/identifier-types.ts";
import { encodeCanonicalJson } from "../json/canonical-json.ts";
import { getInteger, getObject, getString, getValue, isJsonObject } from "../json/json-object.ts";
import type { JsonObject } from "../json/json-value.ts";
import { type KeyRefusal, refuseKeys } from "./key-rule.ts";
import { parseCurve25519Key } from "./public-key.ts";

/** The one algorithm in use. */
export const backupAlgorithm = "m.megolm_backup.v1.curve25519-aes-sha2";

const maxAuthDataLength = 16_384;
const maxSessionLength = 16_384;

/** Checks what opens a backup (DEV-01, DEV-09); who signed it is for the person's own devices to judge. */
export const checkBackupAuthData = (
	algorithm: string,
	authData: JsonObject,
	userId: UserId,
): { readonly kind: "ok" } | KeyRefusal => {
	if (algorithm !== backupAlgorithm) return refuseKeys("DEV-09", "the backup's algorithm is not known");
	if (encodeCanonicalJson(authData).length > maxAuthDataLength) return refuseKeys("DEV-09", "auth_data is too long");
	if (parseCurve25519Key(getString(authData, "public_key") ?? "") === undefined) {
		return refuseKeys("DEV-01", "the backup's key is none that may be used");
	}
	const signatures = getValue(authData, "signatures");
	if (signatures !== undefined && !isJsonObject(signatures)) {
		return refuseKeys("DEV-09", "the signatures on auth_data are no object");
	}
	return Object.keys(signatures ?? {}).every((entity) => entity === userId)
		? { kind: "ok" }
		: refuseKeys("DEV-09", "somebody else signed auth_data");
};

/** A room key as a backup holds it. */
export interface BackedUpSession {
	readonly firstMessageIndex: number;
	readonly forwardedCount: number;
	readonly isVerified: boolean;
	readonly json: JsonObject;
}

/** Reads a key that is put into a backup (DEV-09); `undefined` for what is none. */
export const readBackedUpSession = (json: JsonObject): BackedUpSession | undefined => {
	const firstMessageIndex = getInteger(json, "first_message_index");
	const forwardedCount = getInteger(json, "forwarded_count");
	const isVerified = getValue(json, "is_verified");
	if (firstMessageIndex === undefined || firstMessageIndex < 0) return undefined;
	if (forwardedCount === undefined || forwardedCount < 0) return undefined;
	if (typeof isVerified !== "boolean" || getObject(json, "session_data") === undefined) return undefined;
	if (encodeCanonicalJson(json).length > maxSessionLength) return undefined;
	return { firstMessageIndex, forwardedCount, isVerified, json };
};

type Rank = Pick<BackedUpSession, "firstMessageIndex" | "forwardedCount" | "isVerified">;

/** True when the new copy takes the old one's place (DEV-09): verified, then from an earlier message, then by fewer hands. */
export const isBetterSession = (offered: Rank, kept: Rank): boolean => {
	if (offered.isVerified !== kept.isVerified) return offered.isVerified;
	if (offered.firstMessageIndex !== kept.firstMessageIndex) return offered.firstMessageIndex < kept.firstMessageIndex;
	return offered.forwardedCount < kept.forwardedCount;
};
