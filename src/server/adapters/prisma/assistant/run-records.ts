import type pg from "pg";
import type { RunRecord, RunRecords } from "../../../assistant/public.ts";
import { withDatabaseErrors } from "../database-error.ts";
import { run } from "../sql.ts";
import { storableKey } from "../storable-key.ts";

/** Where it is written that runs took place, on PostgreSQL. */
export const createRunRecords = (pool: pg.Pool): RunRecords => ({
	add: (record) => withDatabaseErrors(run(pool, { name: "add-assistant-run", text: insert, values: valuesOf(record) })),
	forgetBefore: (at) =>
		withDatabaseErrors(
			run(pool, {
				name: "forget-assistant-runs",
				text: "DELETE FROM assistant_runs WHERE started_at < $1",
				values: [new Date(at)],
			}),
		),
});

const insert = `
INSERT INTO assistant_runs (user_id, room_id, kind, model, prompt_version, message_count, first_event_id, last_event_id,
	prompt_hmac, prompt_tokens, answer_tokens, outcome, started_at, ended_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`;

const valuesOf = (record: RunRecord): readonly unknown[] => [
	record.userId,
	record.roomId === undefined ? null : storableKey(record.roomId),
	record.kind,
	record.model,
	record.promptVersion,
	record.messageCount,
	record.firstEventId === undefined ? null : storableKey(record.firstEventId),
	record.lastEventId === undefined ? null : storableKey(record.lastEventId),
	record.promptHmac,
	record.promptTokens,
	record.answerTokens,
	record.outcome,
	new Date(record.startedAt),
	new Date(record.endedAt),
];
