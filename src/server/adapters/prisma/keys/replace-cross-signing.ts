import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { run, type SqlClient } from "../sql.ts";

/** These become all the cross-signing keys of a person, of this server or another. */
export const replaceCrossSigning = async (
	client: SqlClient,
	userId: UserId,
	keys: readonly { readonly usage: string; readonly json: string }[],
): Promise<void> => {
	await run(client, {
		name: "drop-cross-signing",
		text: "DELETE FROM cross_signing_keys WHERE user_id = $1",
		values: [userId],
	});
	await run(client, {
		name: "put-cross-signing",
		text: `INSERT INTO cross_signing_keys (user_id, usage, json)
			SELECT $1, usage, json FROM unnest($2::text[], $3::text[]) AS k(usage, json)`,
		values: [userId, keys.map(({ usage }) => usage), keys.map(({ json }) => json)],
	});
};
