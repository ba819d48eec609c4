import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import { run, type SqlClient } from "../sql.ts";

/** Replies, reactions, edits and redactions by their target. */
export const writeRelations = (client: SqlClient, { relations }: RowBatch): Promise<void> =>
	run(client, {
		name: "append-relations",
		text: `INSERT INTO event_relations (event_nid, target_event_id, kind, key, sender)
			SELECT * FROM unnest($1::int8[], $2::text[], $3::text[], $4::text[], $5::text[])`,
		values: [
			relations.map((row) => row.eventNid),
			relations.map((row) => row.targetEventId),
			relations.map((row) => row.kind),
			relations.map((row) => row.key ?? null),
			relations.map((row) => row.sender),
		],
	});

/** What was deleted is gone from the disk: the redacted form, which keeps the id and the signature, replaces it. */
export const writeRedactions = (client: SqlClient, { redactions }: RowBatch): Promise<void> =>
	run(client, {
		name: "append-redactions",
		text: `UPDATE events e SET json = r.json, redacted_by_nid = r.by_nid
			FROM unnest($1::int8[], $2::int8[], $3::text[]) AS r(nid, by_nid, json) WHERE e.nid = r.nid`,
		values: [
			redactions.map((row) => row.targetNid),
			redactions.map((row) => row.redactedByNid),
			redactions.map((row) => row.json),
		],
	});

/** Adds aliases, or removes those without a room. */
export const writeAliases = async (client: SqlClient, { aliases }: RowBatch): Promise<void> => {
	const added = aliases.filter((row) => row.roomNid !== undefined);
	const removed = aliases.filter((row) => row.roomNid === undefined);
	await run(client, {
		name: "remove-aliases",
		text: "DELETE FROM room_aliases WHERE alias = ANY($1::text[])",
		values: [removed.map((row) => row.alias)],
	});
	await run(client, {
		name: "add-aliases",
		text: `INSERT INTO room_aliases (alias, room_nid, creator_id) SELECT * FROM unnest($1::text[], $2::int4[], $3::text[])
			ON CONFLICT (alias) DO UPDATE SET room_nid = excluded.room_nid`,
		values: [added.map((row) => row.alias), added.map((row) => row.roomNid), added.map((row) => row.creatorId)],
	});
};

/** Rooms that people who left no longer want to see. */
export const writeForgotten = (client: SqlClient, { forgotten }: RowBatch): Promise<void> =>
	run(client, {
		name: "forget-rooms",
		text: `UPDATE memberships m SET is_forgotten = true
			FROM unnest($1::int4[], $2::text[]) AS f(room_nid, user_id) WHERE m.room_nid = f.room_nid AND m.user_id = f.user_id`,
		values: [forgotten.map((row) => row.roomNid), forgotten.map((row) => row.userId)],
	});

/** Upgrades whose people are still to be taken over, and those where that is done. */
export const writeMoves = async (client: SqlClient, { moves, movesDone }: RowBatch): Promise<void> => {
	await run(client, {
		name: "begin-room-moves",
		text: `INSERT INTO room_moves (old_room_nid, new_room_nid, user_id)
			SELECT * FROM unnest($1::int4[], $2::int4[], $3::text[])`,
		values: [moves.map((row) => row.oldRoomNid), moves.map((row) => row.newRoomNid), moves.map((row) => row.userId)],
	});
	await run(client, {
		name: "end-room-moves",
		text: "DELETE FROM room_moves WHERE old_room_nid = ANY($1::int4[])",
		values: [movesDone],
	});
};
