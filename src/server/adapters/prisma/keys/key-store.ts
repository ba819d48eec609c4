import type pg from "pg";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { AddedKeySignature, KeyStore } from "../../../keys/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { rows, run, type SqlClient } from "../sql.ts";
import { changeDeviceList, noteForSigner } from "./change-device-list.ts";
import { claimKeys } from "./claim-keys.ts";
import { createDehydratedStore } from "./dehydrated-store.ts";
import { forgetEnded } from "./forget-ended.ts";
import { inKeyTransaction } from "./key-transaction.ts";
import { changesFor } from "./list-changes.ts";
import { addOneTimeKeys, changeCrossSigning, NotAdded, putDeviceKeys, putFallbackKeys } from "./put-keys.ts";
import { countsOf, crossSigningOf, devicesOf, signaturesOn } from "./read-keys.ts";

/** The keys of devices and people on PostgreSQL. */
export const createKeyStore = (pool: pg.Pool): KeyStore => ({
	putDeviceKeys: (keys) => inKeyTransaction(pool, (client) => putDeviceKeys(client, keys)),
	addOneTimeKeys: async (device, keys, most) => {
		try {
			await inKeyTransaction(pool, (client) => addOneTimeKeys(client, device, { keys, most }));
			return "added";
		} catch (error) {
			if (error instanceof NotAdded) return error.outcome;
			throw error;
		}
	},
	putFallbackKeys: (device, keys) => withDatabaseErrors(putFallbackKeys(pool, device, keys)),
	countsOf: (device) => withDatabaseErrors(countsOf(pool, device)),
	devicesOf: (userIds) => withDatabaseErrors(devicesOf(pool, userIds)),
	crossSigningOf: (userIds) => withDatabaseErrors(crossSigningOf(pool, userIds)),
	signaturesOn: (userIds, askerId) => withDatabaseErrors(signaturesOn(pool, userIds, askerId)),
	claim: (wanted, now) => withDatabaseErrors(claimKeys(pool, wanted, now)),
	changeCrossSigning: (change) => inKeyTransaction(pool, (client) => changeCrossSigning(client, change)),
	addSignatures: (signatures) => inKeyTransaction(pool, (client) => addSignatures(client, signatures)),
	...createDehydratedStore(pool),
	position: async () => {
		const text = "SELECT position FROM stream_head WHERE id = 1";
		const [head] = await withDatabaseErrors(
			rows<{ position: number }>(pool, { name: "stream-position-of-keys", text }),
		);
		return head?.position ?? 0;
	},
	changesFor: (userId, range) => withDatabaseErrors(changesFor(pool, userId, range)),
	forgetEnded: (userId) => inKeyTransaction(pool, (client) => forgetEnded(client, userId)),
	forgetClaimed: (before) =>
		withDatabaseErrors(
			run(pool, {
				name: "forget-claimed-keys",
				text: "DELETE FROM one_time_keys WHERE claimed_at < $1",
				values: [new Date(before)],
			}),
		),
	forgetUnfollowed: (before) =>
		withDatabaseErrors(
			run(pool, { name: "forget-unfollowed-people", text: forgetUnfollowed, values: [new Date(before)] }),
		),
});

const forgetUnfollowed = `
WITH gone AS (
	DELETE FROM remote_devices d WHERE d.let_go_at < $1 AND NOT EXISTS (
		SELECT FROM remote_device_lists l WHERE l.user_id = d.user_id)
	RETURNING d.user_id
)
DELETE FROM cross_signing_keys WHERE user_id IN (SELECT user_id FROM gone)`;

const addSignatures = async (client: SqlClient, signatures: readonly AddedKeySignature[]): Promise<void> => {
	await run(client, {
		name: "add-key-signatures",
		text: `INSERT INTO key_signatures (signer_id, key_name, user_id, target, signature)
			SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
			ON CONFLICT (user_id, target, signer_id, key_name) DO UPDATE SET signature = excluded.signature`,
		values: [
			signatures.map(({ signerId }) => signerId),
			signatures.map(({ keyName }) => keyName),
			signatures.map(({ userId }) => userId),
			signatures.map(({ target }) => target),
			signatures.map(({ signature }) => signature),
		],
	});
	const own = signatures.filter(({ signerId, userId }) => signerId === userId);
	const [signer] = signatures;
	if (signer !== undefined && own.length > 0) {
		const devices = await devicesOf(client, [signer.signerId]);
		const isDevice = (target: string): boolean => devices.some(({ deviceId }) => deviceId === target);
		const targets = [...new Set(own.map(({ target }) => target))];
		const deviceIds = targets.filter(isDevice);
		const isCrossSigningNew = targets.length > deviceIds.length;
		await changeDeviceList(client, { userId: signer.signerId, deviceIds, isCrossSigningNew });
	}
	const others = new Set(signatures.filter(({ signerId, userId }) => signerId !== userId).map(({ userId }) => userId));
	if (signer !== undefined && others.size > 0) await noteForSigner(client, signer.signerId, [...others] as UserId[]);
};
