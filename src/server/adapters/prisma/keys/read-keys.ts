import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { AddedKeySignature, KeyCounts, StoredCrossSigningKey, StoredDeviceKeys } from "../../../keys/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { isStanding } from "./standing-device.ts";

export const devicesOf = (client: SqlClient, userIds: readonly UserId[]): Promise<StoredDeviceKeys[]> =>
	rows(client, {
		name: "device-keys-of",
		text: `SELECT d.user_id AS "userId", d.device_id AS "deviceId", d.json, coalesce(
				(SELECT s.device_name FROM sessions s WHERE s.user_id = d.user_id AND s.device_id = d.device_id),
				(SELECT y.display_name FROM dehydrated_devices y WHERE y.user_id = d.user_id AND y.device_id = d.device_id), ''
			) AS "displayName"
			FROM device_keys d WHERE d.user_id = ANY($1::text[]) AND ${isStanding("d")} ORDER BY d.user_id, d.device_id`,
		values: [userIds],
	});

export const crossSigningOf = (client: SqlClient, userIds: readonly UserId[]): Promise<StoredCrossSigningKey[]> =>
	rows(client, {
		name: "cross-signing-of",
		text: `SELECT user_id AS "userId", usage, json FROM cross_signing_keys WHERE user_id = ANY($1::text[]) ORDER BY user_id, usage`,
		values: [userIds],
	});

export const signaturesOn = (
	client: SqlClient,
	userIds: readonly UserId[],
	askerId: UserId | undefined,
): Promise<AddedKeySignature[]> =>
	rows(client, {
		name: "key-signatures-on",
		text: `SELECT signer_id AS "signerId", key_name AS "keyName", user_id AS "userId", target, signature FROM key_signatures
			WHERE user_id = ANY($1::text[]) AND signer_id IN (user_id, $2) ORDER BY user_id, target, signer_id, key_name`,
		values: [userIds, askerId ?? ""],
	});

export const countsOf = async (
	client: SqlClient,
	{ userId, deviceId }: { readonly userId: string; readonly deviceId: string },
): Promise<KeyCounts> => {
	const found = await rows<{ algorithm: string; left: number; is_fallback: boolean }>(client, {
		name: "key-counts",
		text: `SELECT algorithm, count(*)::int AS left, false AS is_fallback FROM one_time_keys
			WHERE user_id = $1 AND device_id = $2 AND claimed_at IS NULL GROUP BY algorithm
			UNION ALL SELECT algorithm, 1, true FROM fallback_keys WHERE user_id = $1 AND device_id = $2 AND NOT is_used`,
		values: [userId, deviceId],
	});
	const oneTime = found.filter((row) => !row.is_fallback).map((row) => [row.algorithm, row.left] as const);
	return {
		oneTimeKeys: Object.fromEntries(oneTime),
		unusedFallbackKeys: found.filter((row) => row.is_fallback).map(({ algorithm }) => algorithm),
	};
};
