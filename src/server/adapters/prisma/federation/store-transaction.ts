import type { ReceivedTransactionRow } from "../../../rooms/append/received-rows.ts";
import type { SqlStatement } from "../sql.ts";

/** One statement, so the answer and what it promises are on the disk together or not at all. A row: it was not there before. */
export const storeTransaction = ({
	origin,
	txnId,
	answer,
	pdus,
	receivedAt,
}: ReceivedTransactionRow): SqlStatement => ({
	name: "store-transaction",
	text: `WITH stored AS (
			INSERT INTO received_transactions (origin, txn_id, answer, received_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT DO NOTHING RETURNING 1
		), put AS (
			INSERT INTO received_pdus (origin, received_at, next_try_at, room_id, event_id, json)
			SELECT $1, $4, $4, room_id, event_id, json
			FROM unnest($5::text[], $6::text[], $7::text[]) WITH ORDINALITY AS p(room_id, event_id, json, at)
			WHERE EXISTS (SELECT FROM stored) ORDER BY at
			ON CONFLICT DO NOTHING
		)
		SELECT FROM stored`,
	values: [
		origin,
		txnId,
		answer,
		new Date(receivedAt),
		pdus.map(({ roomId }) => roomId),
		pdus.map(({ eventId }) => eventId),
		pdus.map(({ json }) => json),
	],
});
