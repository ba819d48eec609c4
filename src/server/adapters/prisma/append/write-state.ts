import type { RowBatch } from "../../../rooms/append/row-batch.ts";
import { stateGroupBaseHeight } from "../../../rooms/append/state-group-shape.ts";
import { run, type SqlClient } from "../sql.ts";
import { storableKey } from "../storable-key.ts";

const insertState = `
WITH grouped AS (
	INSERT INTO state_groups (id, room_nid, base_id, height) SELECT * FROM unnest($1::int8[], $2::int4[], $3::int8[], $4::int4[])
), entered AS (
	INSERT INTO state_group_entries (group_id, event_nid) SELECT * FROM unnest($26::int8[], $5::int8[])
), chained AS (
	INSERT INTO auth_chain_entries (event_nid, chain_id, sequence) SELECT * FROM unnest($6::int8[], $7::int8[], $8::int4[])
), linked AS (
	INSERT INTO auth_chain_links (from_chain, from_sequence, to_chain, to_sequence)
	SELECT * FROM unnest($9::int8[], $10::int4[], $11::int8[], $12::int4[])
	ON CONFLICT (from_chain, from_sequence, to_chain) DO UPDATE SET
		to_sequence = greatest(auth_chain_links.to_sequence, excluded.to_sequence)
), members AS (
	INSERT INTO memberships AS known (room_nid, user_id, membership, sender, event_nid, display_name, avatar_url, is_local,
		joined_ordinal, asked_through)
	SELECT room_nid, user_id, membership, sender, event_nid, display_name, avatar_url, is_local, coalesce(joined_ordinal, 0),
		CASE WHEN membership = 'knock' THEN coalesce(asked_through, '') END
	FROM unnest($17::int4[], $18::text[], $19::text[], $20::text[], $21::int8[], $22::text[], $23::text[], $24::bool[],
		$25::int4[], $27::text[]) AS m(room_nid, user_id, membership, sender, event_nid, display_name, avatar_url, is_local,
		joined_ordinal, asked_through)
	ON CONFLICT (room_nid, user_id) DO UPDATE SET membership = excluded.membership, sender = excluded.sender,
		event_nid = excluded.event_nid, display_name = coalesce(excluded.display_name, known.display_name),
		avatar_url = CASE WHEN excluded.membership IN ('leave', 'ban')
			THEN coalesce(excluded.avatar_url, known.avatar_url) ELSE excluded.avatar_url END,
		is_forgotten = false, asked_through = CASE
			WHEN excluded.membership IN ('leave', 'ban') AND excluded.sender <> excluded.user_id THEN known.asked_through
			ELSE excluded.asked_through END,
		joined_ordinal = CASE WHEN excluded.joined_ordinal > 0 THEN excluded.joined_ordinal ELSE known.joined_ordinal END
)
INSERT INTO current_state (room_nid, type, state_key, event_nid)
SELECT * FROM unnest($13::int4[], $14::text[], $15::text[], $16::int8[])
ON CONFLICT (room_nid, type, state_key) DO UPDATE SET event_nid = excluded.event_nid`;

/** State groups, the present state, memberships and the auth chain index, in one statement. */
export const writeState = (client: SqlClient, batch: RowBatch): Promise<void> => {
	const { stateGroups, chainEntries, chainLinks } = batch;
	const state = [...batch.currentState.values()];
	const members = [...batch.memberships.values()];
	return run(client, {
		name: "append-state",
		text: insertState,
		values: [
			stateGroups.map((row) => row.id),
			stateGroups.map((row) => row.roomNid),
			stateGroups.map((row) => row.previousId ?? null),
			stateGroups.map((row) => row.height),
			stateGroups.flatMap((row) => row.eventNids),
			chainEntries.map((row) => row.eventNid),
			chainEntries.map((row) => row.chainId),
			chainEntries.map((row) => row.sequence),
			chainLinks.map((row) => row.fromChain),
			chainLinks.map((row) => row.fromSequence),
			chainLinks.map((row) => row.toChain),
			chainLinks.map((row) => row.toSequence),
			state.map((row) => row.roomNid),
			state.map((row) => row.type),
			state.map((row) => storableKey(row.stateKey)),
			state.map((row) => row.eventNid),
			members.map((row) => row.roomNid),
			members.map((row) => storableKey(row.userId)),
			members.map((row) => row.membership),
			members.map((row) => row.sender),
			members.map((row) => row.eventNid),
			members.map((row) => row.displayName ?? null),
			members.map((row) => row.avatarUrl ?? null),
			members.map((row) => row.isLocal),
			members.map((row) => row.joinedOrdinal ?? null),
			stateGroups.flatMap((row) => row.eventNids.map(() => row.id)),
			members.map((row) => row.askedThrough ?? null),
		],
	});
};

/**
 * A group of level above 0 takes in the changes of the groups it spans and stands on the group 16^level changes back.
 * The newest event of each (type, state key) among them wins.
 */
const foldStateGroup = `
WITH RECURSIVE chain AS (
	SELECT id, base_id, height FROM state_groups WHERE id = (SELECT base_id FROM state_groups WHERE id = $1::int8)
	UNION ALL
	SELECT g.id, g.base_id, g.height FROM chain c JOIN state_groups g ON g.id = c.base_id WHERE c.height > $2::int4
), spanned AS (
	SELECT s.event_nid, c.height FROM chain c JOIN state_group_entries s ON s.group_id = c.id WHERE c.height > $2::int4
	UNION ALL
	SELECT event_nid, 2147483647 FROM state_group_entries WHERE group_id = $1::int8
), newest AS (
	SELECT DISTINCT ON (e.type, e.state_key) e.nid FROM spanned s JOIN events e ON e.nid = s.event_nid
	ORDER BY e.type, e.state_key, s.height DESC
), folded AS (
	INSERT INTO state_group_entries (group_id, event_nid) SELECT $1::int8, nid FROM newest ON CONFLICT DO NOTHING
)
UPDATE state_groups SET base_id = (SELECT id FROM chain WHERE height = $2::int4) WHERE id = $1::int8`;

export const foldStateGroups = async (client: SqlClient, batch: RowBatch): Promise<void> => {
	for (const group of batch.stateGroups) {
		if (group.level === 0) continue;
		await run(client, {
			name: "fold-state-group",
			text: foldStateGroup,
			values: [group.id, stateGroupBaseHeight(group.height)],
		});
	}
};
