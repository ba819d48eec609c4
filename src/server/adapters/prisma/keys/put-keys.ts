import type { CrossSigningChange, DeviceRef, NewDeviceKeys, NewOneTimeKey } from "../../../keys/public.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { changeDeviceList } from "./change-device-list.ts";
import { crossSigningOf } from "./read-keys.ts";
import { replaceCrossSigning } from "./replace-cross-signing.ts";

export const putDeviceKeys = async (
	client: SqlClient,
	{ userId, deviceId, json, identity }: NewDeviceKeys,
): Promise<"stored" | "same" | "other-identity"> => {
	const stored = await rows(client, {
		name: "put-device-keys",
		text: `INSERT INTO device_keys (user_id, device_id, identity, json) VALUES ($1, $2, $3, $4)
			ON CONFLICT (user_id, device_id) DO UPDATE SET json = excluded.json
			WHERE device_keys.identity = excluded.identity AND device_keys.json <> excluded.json RETURNING 1`,
		values: [userId, deviceId, identity, json],
	});
	if (stored.length > 0) {
		await changeDeviceList(client, { userId, deviceIds: [deviceId] });
		return "stored";
	}
	const [there] = await rows<{ identity: string }>(client, {
		name: "device-identity",
		text: "SELECT identity FROM device_keys WHERE user_id = $1 AND device_id = $2",
		values: [userId, deviceId],
	});
	return there?.identity === identity ? "same" : "other-identity";
};

/** Throws `NotAdded` where nothing is to stay. */
export const addOneTimeKeys = async (
	client: SqlClient,
	{ userId, deviceId }: DeviceRef,
	{ keys, most }: { readonly keys: readonly NewOneTimeKey[]; readonly most: number },
): Promise<void> => {
	const columns = [keys.map((key) => key.algorithm), keys.map((key) => key.keyId), keys.map((key) => key.json)];
	await run(client, {
		name: "add-one-time-keys",
		text: `INSERT INTO one_time_keys (user_id, device_id, algorithm, key_id, json)
			SELECT $1, $2, k.algorithm, k.key_id, k.json
			FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS k(algorithm, key_id, json, at) ORDER BY at
			ON CONFLICT DO NOTHING`,
		values: [userId, deviceId, ...columns],
	});
	const [row] = await rows<{ taken: boolean; waiting: number }>(client, {
		name: "check-one-time-keys",
		text: `SELECT EXISTS (SELECT FROM unnest($3::text[], $4::text[], $5::text[]) AS k(algorithm, key_id, json)
				JOIN one_time_keys o ON o.user_id = $1 AND o.device_id = $2 AND o.algorithm = k.algorithm AND o.key_id = k.key_id
				WHERE o.json <> k.json) AS taken,
			(SELECT count(*)::int FROM one_time_keys WHERE user_id = $1 AND device_id = $2 AND claimed_at IS NULL) AS waiting`,
		values: [userId, deviceId, ...columns],
	});
	if (row?.taken === true) throw new NotAdded("taken");
	if ((row?.waiting ?? 0) > most) throw new NotAdded("too-many");
};

/** Undoes the transaction. */
export class NotAdded extends Error {
	readonly outcome: "taken" | "too-many";

	constructor(outcome: "taken" | "too-many") {
		super(outcome);
		this.outcome = outcome;
	}
}

export const putFallbackKeys = (
	client: SqlClient,
	{ userId, deviceId }: DeviceRef,
	keys: readonly NewOneTimeKey[],
): Promise<void> =>
	run(client, {
		name: "put-fallback-keys",
		text: `INSERT INTO fallback_keys AS f (user_id, device_id, algorithm, key_id, json)
			SELECT DISTINCT ON (k.algorithm) $1, $2, k.algorithm, k.key_id, k.json
			FROM unnest($3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS k(algorithm, key_id, json, at)
			ORDER BY k.algorithm, k.at DESC
			ON CONFLICT (user_id, device_id, algorithm) DO UPDATE SET key_id = excluded.key_id, json = excluded.json, is_used = false
			WHERE f.json <> excluded.json`,
		values: [
			...[userId, deviceId, keys.map((key) => key.algorithm)],
			...[keys.map((key) => key.keyId), keys.map((key) => key.json)],
		],
	});

/** The person's row is the lock: of two devices that come at once, the second sees what the first one did. */
export const changeCrossSigning = async (
	client: SqlClient,
	{ userId, expected, keys, gone }: CrossSigningChange,
): Promise<boolean> => {
	await run(client, { name: "lock-person", text: "SELECT FROM users WHERE id = $1 FOR UPDATE", values: [userId] });
	const stored = await crossSigningOf(client, [userId]);
	const isAsExpected =
		stored.length === expected.length &&
		stored.every((key) => expected.some((other) => other.usage === key.usage && other.json === key.json));
	if (!isAsExpected) return false;
	await replaceCrossSigning(client, userId, keys);
	await run(client, {
		name: "drop-signatures-of-keys",
		text: `DELETE FROM key_signatures WHERE (signer_id = $1 AND key_name = ANY($2::text[]))
			OR (user_id = $1 AND target = ANY($2::text[]))`,
		values: [userId, gone],
	});
	await changeDeviceList(client, { userId, deviceIds: [], isCrossSigningNew: true });
	return true;
};
