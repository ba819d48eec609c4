import type { ServerName } from "../../../../../federation/identifiers/identifier-types.ts";
import { rows, run, type SqlClient } from "../sql.ts";

/** Of each person the newest update stands for those before it: it does not follow what is known, and the list is asked for. */
const collapseLists = `
WITH told AS (
	SELECT id, row_number() OVER (PARTITION BY type, content::json ->> 'user_id' ORDER BY id DESC) AS place
	FROM outgoing_edus WHERE destination = $1 AND type IN ('m.device_list_update', 'm.signing_key_update')
)
DELETE FROM outgoing_edus o USING told t WHERE o.destination = $1 AND o.id = t.id AND t.place > 1`;

/** As they are encoded, their type stands last. */
const isEncrypted = `content LIKE '%"type":"m.room.encrypted"}'`;

const boundMessages = `
WITH ranked AS (
	SELECT id, created_at, row_number() OVER (ORDER BY ${isEncrypted} DESC, id) AS place
	FROM outgoing_edus WHERE destination = $1 AND type = 'm.direct_to_device'
)
DELETE FROM outgoing_edus o USING ranked r
WHERE o.destination = $1 AND o.id = r.id AND (r.place > $2::int OR r.created_at < $3) RETURNING 1`;

/**
 * Keeps what waits for a server that is long gone within bounds: of changes of devices one for each person, of messages to
 * devices those since a moment and at most so many, what is encrypted before the rest and the oldest first. Answers how many
 * messages went.
 */
export const boundEdus = async (
	client: SqlClient,
	destination: ServerName,
	{ most, since }: { readonly most: number; readonly since: number },
): Promise<number> => {
	await run(client, { name: "collapse-list-edus", text: collapseLists, values: [destination] });
	const values = [destination, most, new Date(since)];
	return (await rows(client, { name: "bound-direct-edus", text: boundMessages, values })).length;
};
