import type { ClaimedKey, WantedKey } from "../../../keys/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import { isStanding } from "./standing-device.ts";

/**
 * A key that another transaction is taking is passed over, so two who come at once get two keys and nobody waits. The
 * fallback key is given where no other is left, and the device is told by its mark.
 */
const claim = `
WITH wanted AS MATERIALIZED (
	SELECT w.user_id, w.device_id, w.algorithm FROM unnest($1::text[], $2::text[], $3::text[]) AS w(user_id, device_id, algorithm)
	WHERE ${isStanding("w")}
), next AS MATERIALIZED (
	SELECT n.id FROM wanted w CROSS JOIN LATERAL (
		SELECT o.id FROM one_time_keys o
		WHERE o.user_id = w.user_id AND o.device_id = w.device_id AND o.algorithm = w.algorithm AND o.claimed_at IS NULL
		ORDER BY o.id LIMIT 1 FOR UPDATE SKIP LOCKED
	) n
), taken AS (
	UPDATE one_time_keys o SET claimed_at = $4 FROM next n WHERE o.id = n.id
	RETURNING o.user_id, o.device_id, o.algorithm, o.key_id, o.json
), fallen AS (
	UPDATE fallback_keys f SET is_used = true FROM wanted w
	WHERE f.user_id = w.user_id AND f.device_id = w.device_id AND f.algorithm = w.algorithm
		AND NOT EXISTS (SELECT FROM taken t WHERE (t.user_id, t.device_id, t.algorithm) = (w.user_id, w.device_id, w.algorithm))
	RETURNING f.user_id, f.device_id, f.algorithm, f.key_id, f.json
)
SELECT user_id AS "userId", device_id AS "deviceId", algorithm, key_id AS "keyId", json FROM taken
UNION ALL SELECT user_id, device_id, algorithm, key_id, json FROM fallen`;

export const claimKeys = (client: SqlClient, wanted: readonly WantedKey[], now: number): Promise<ClaimedKey[]> => {
	// The same device named twice gets one key.
	const unique = [...new Map(wanted.map((key) => [`${key.userId}\n${key.deviceId}\n${key.algorithm}`, key])).values()];
	return rows(client, {
		name: "claim-keys",
		text: claim,
		values: [
			unique.map(({ userId }) => userId),
			unique.map(({ deviceId }) => deviceId),
			unique.map(({ algorithm }) => algorithm),
			new Date(now),
		],
	});
};
