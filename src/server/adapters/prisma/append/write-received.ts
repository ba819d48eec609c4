import type { ReceivedRows } from "../../../rooms/append/received-rows.ts";
import { storeTransaction } from "../federation/store-transaction.ts";
import { run, type SqlClient } from "../sql.ts";
import { storableKey } from "../storable-key.ts";

/** What only events of other servers leave behind; each kind of row is one statement, and absent kinds cost nothing. */
export const writeReceived = async (client: SqlClient, received: ReceivedRows): Promise<void> => {
	if (received.unfounded.length > 0) await forgetUnfounded(client, received);
	if (received.asides.length > 0) await writeAsides(client, received);
	if (received.placements.length > 0) await placeAsides(client, received);
	if (received.unset.length > 0) await unsetState(client, received);
	if (received.awaited.length + received.arrived.length > 0) await writeBackwardExtremities(client, received);
	if (received.marks.length > 0) await writeMarks(client, received);
	if (received.entries.length > 0) await noteEntries(client, received);
	if (received.complete.length > 0) await endArriving(client, received);
	if (received.arriving.length > 0) await beginArriving(client, received);
	if (received.newcomers.length > 0) await tellNewcomers(client, received);
	if (received.stateEntries.length > 0) await addStateEntries(client, received);
	if (received.renewed.length > 0) await noteRenewed(client, received);
	if (received.restored.length > 0) await restoreEvents(client, received);
	if (received.transaction !== undefined) await run(client, storeTransaction(received.transaction));
};

const noteEntries = (client: SqlClient, { entries }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "note-entries",
		text: `UPDATE rooms r SET entry_depth = e.depth FROM unnest($1::int4[], $2::int8[]) AS e(room_nid, depth)
			WHERE r.nid = e.room_nid`,
		values: [entries.map((row) => row.roomNid), entries.map((row) => row.depth)],
	});

/** The rooms' rows are written before. */
const noteRenewed = (client: SqlClient, { renewed }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "note-renewed",
		text: "UPDATE rooms SET renewed_at = head_position WHERE nid = ANY($1::int4[])",
		values: [renewed],
	});

const restoreEvents = (client: SqlClient, { restored }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "restore-events",
		text: `UPDATE events e SET json = r.json, redacted_by_nid = NULL
			FROM unnest($1::int8[], $2::text[]) AS r(nid, json) WHERE e.nid = r.nid`,
		values: [restored.map((row) => row.nid), restored.map((row) => row.json)],
	});

/** Whoever was left out so far gets the newest event that was written here, which stands for all of them. */
const endArriving = async (client: SqlClient, { complete }: ReceivedRows): Promise<void> => {
	await run(client, {
		name: "tell-missed",
		text: `INSERT INTO outbox_entries (destination, room_nid, event_nid, from_position)
			SELECT DISTINCT substr(m.user_id, strpos(m.user_id, ':') + 1), own.room_nid, own.newest, own.oldest FROM (
				SELECT a.room_nid, a.servers, max(e.nid) AS newest, min(e.position) AS oldest FROM arriving_members a
				JOIN events e ON e.room_nid = a.room_nid AND e.position > (SELECT j.position FROM events j WHERE j.nid = a.join_nid)
					AND e.verdict = 0
				JOIN memberships l ON l.room_nid = e.room_nid AND l.user_id = e.sender AND l.is_local
				WHERE a.room_nid = ANY($1::int4[]) GROUP BY a.room_nid, a.servers) own
			JOIN memberships m ON m.room_nid = own.room_nid AND NOT m.is_local AND m.membership = 'join'
			WHERE substr(m.user_id, strpos(m.user_id, ':') + 1) <> ALL(own.servers)`,
		values: [complete.flatMap(({ roomNid, tellsMissed }) => (tellsMissed ? [roomNid] : []))],
	});
	await run(client, {
		name: "end-arriving",
		text: "DELETE FROM arriving_members WHERE room_nid = ANY($1::int4[])",
		values: [complete.map(({ roomNid }) => roomNid)],
	});
	// What could not be judged for want of a member can be now.
	await run(client, {
		name: "hurry-after-arriving",
		text: `UPDATE received_pdus p SET next_try_at = p.received_at FROM rooms r
			WHERE r.nid = ANY($1::int4[]) AND p.room_id = r.id AND p.next_try_at > p.received_at`,
		values: [complete.flatMap(({ roomNid, tellsMissed }) => (tellsMissed ? [roomNid] : []))],
	});
};

const beginArriving = async (client: SqlClient, { arriving }: ReceivedRows): Promise<void> => {
	for (const { roomNid, joinNid, servers } of arriving) {
		await run(client, {
			name: "begin-arriving",
			text: `INSERT INTO arriving_members (room_nid, join_nid, servers, next_try_at) VALUES ($1, $2, $3::text[], now())`,
			values: [roomNid, joinNid, servers],
		});
	}
};

const addStateEntries = (client: SqlClient, { stateEntries }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "add-state-entries",
		text: `INSERT INTO state_group_entries (group_id, event_nid)
			SELECT * FROM unnest($1::int8[], $2::int8[]) ON CONFLICT DO NOTHING`,
		values: [stateEntries.map((row) => row.groupId), stateEntries.map((row) => row.eventNid)],
	});

const forgetUnfounded = (client: SqlClient, { unfounded }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "forget-unfounded",
		text: `DELETE FROM events e WHERE e.room_nid = ANY($1::int4[]) AND e.position IS NULL AND e.verdict = 0
			AND NOT EXISTS (SELECT FROM auth_chain_entries c WHERE c.event_nid = e.nid)`,
		values: [unfounded],
	});

const writeAsides = (client: SqlClient, { asides }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "store-asides",
		text: `INSERT INTO events (nid, room_nid, event_id, type, state_key, sender, depth, origin_server_ts, position,
				state_group_id, message_ordinal, verdict, json)
			SELECT * FROM unnest($1::int8[], $2::int4[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::int8[],
				$9::int8[], $10::int8[], $11::int4[], $12::int2[], $13::text[])`,
		values: [
			asides.map((row) => row.nid),
			asides.map((row) => row.roomNid),
			asides.map((row) => row.eventId),
			asides.map((row) => row.type),
			asides.map((row) => (row.stateKey === undefined ? null : storableKey(row.stateKey))),
			asides.map((row) => row.sender),
			asides.map((row) => row.depth),
			asides.map((row) => row.originServerTs),
			asides.map((row) => row.position ?? null),
			asides.map((row) => row.stateGroupId ?? null),
			asides.map((row) => row.messageOrdinal),
			asides.map((row) => row.verdict),
			asides.map((row) => row.json),
		],
	});

const placeAsides = (client: SqlClient, { placements }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "place-asides",
		text: `UPDATE events e SET position = p.position, state_group_id = p.group_id, message_ordinal = coalesce(p.ordinal, e.message_ordinal),
				verdict = p.verdict
			FROM unnest($1::int8[], $2::int8[], $3::int8[], $4::int4[], $5::int2[]) AS p(nid, position, group_id, ordinal, verdict)
			WHERE e.nid = p.nid`,
		values: [
			placements.map((row) => row.nid),
			placements.map((row) => row.position),
			placements.map((row) => row.stateGroupId),
			placements.map((row) => row.messageOrdinal ?? null),
			placements.map((row) => row.verdict),
		],
	});

const unsetState = (client: SqlClient, { unset }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "unset-state",
		text: `DELETE FROM current_state s USING unnest($1::int4[], $2::text[], $3::text[]) AS u(room_nid, type, state_key)
			WHERE s.room_nid = u.room_nid AND s.type = u.type AND s.state_key = u.state_key`,
		values: [
			unset.map((row) => row.roomNid),
			unset.map((row) => row.type),
			unset.map((row) => storableKey(row.stateKey)),
		],
	});

/** What had waited for an event gets its edge in the same batch. */
const writeBackwardExtremities = async (client: SqlClient, { awaited, arrived }: ReceivedRows): Promise<void> => {
	await run(client, {
		name: "end-waiting",
		text: `DELETE FROM backward_extremities b USING unnest($1::int4[], $2::text[]) AS a(room_nid, prev_event_id)
			WHERE b.room_nid = a.room_nid AND b.prev_event_id = a.prev_event_id`,
		values: [arrived.map((row) => row.roomNid), arrived.map((row) => row.prevEventId)],
	});
	await run(client, {
		name: "begin-waiting",
		text: `INSERT INTO backward_extremities (room_nid, prev_event_id, event_nid)
			SELECT * FROM unnest($1::int4[], $2::text[], $3::int8[]) ON CONFLICT DO NOTHING`,
		values: [
			awaited.map((row) => row.roomNid),
			awaited.map((row) => row.prevEventId),
			awaited.map((row) => row.eventNid),
		],
	});
};

const writeMarks = (client: SqlClient, { marks }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "write-resolved-marks",
		text: `INSERT INTO resolved_marks (room_nid, state_key, position, value)
			SELECT * FROM unnest($1::int4[], $2::text[], $3::int8[], $4::text[])`,
		values: [
			marks.map((row) => row.roomNid),
			marks.map((row) => storableKey(row.stateKey)),
			marks.map((row) => row.position),
			marks.map((row) => row.value),
		],
	});

/**
 * The ends of the room beside the join itself, which its server would else hear of with the next event only. The memberships
 * are those before the batch. Who may not read what was before they came is not told.
 */
const tellNewcomers = (client: SqlClient, { newcomers }: ReceivedRows): Promise<void> =>
	run(client, {
		name: "tell-newcomers",
		text: `INSERT INTO outbox_entries (destination, room_nid, event_nid)
			SELECT j.server, j.room_nid, e.nid FROM unnest($1::int4[], $2::int8[], $3::text[]) AS j(room_nid, join_nid, server)
			JOIN rooms r ON r.nid = j.room_nid AND r.history_visibility IN ('shared', 'world_readable')
			JOIN forward_extremities x ON x.room_nid = j.room_nid AND x.event_nid <> j.join_nid
			JOIN events e ON e.nid = x.event_nid AND e.verdict = 0
			JOIN memberships l ON l.room_nid = j.room_nid AND l.user_id = e.sender AND l.is_local
			WHERE NOT EXISTS (SELECT FROM memberships m WHERE m.room_nid = j.room_nid AND NOT m.is_local
				AND m.membership = 'join' AND substr(m.user_id, strpos(m.user_id, ':') + 1) = j.server)
			ORDER BY e.nid`,
		values: [
			newcomers.map((row) => row.roomNid),
			newcomers.map((row) => row.joinNid),
			newcomers.map((row) => row.server),
		],
	});
