import { stateMapKey } from "../../../../../federation/events/state-key.ts";
import type { EventId } from "../../../../../federation/identifiers/identifier-types.ts";
import { AuthChainIndex } from "../../../../../federation/state-resolution/auth-chain-index.ts";
import type { PlacedInChain } from "../../../rooms/graph-ports.ts";
import { isTail } from "../append/load-heads.ts";
import { rows, type SqlClient } from "../sql.ts";
import { storedKey } from "../storable-key.ts";

interface ChainRecord {
	event_id: EventId;
	type: string;
	state_key: string;
	chain_id: number;
	sequence: number;
}

/** The places of some events; those that are no state, or rejected, have none. */
export const readChainPlaces = async (
	client: SqlClient,
	eventIds: readonly EventId[],
): Promise<ReadonlyMap<EventId, PlacedInChain>> => {
	if (eventIds.length === 0) return new Map();
	const found = await rows<ChainRecord & { is_tail: boolean }>(client, {
		name: "chain-places",
		text: `SELECT e.event_id, e.type, e.state_key, c.chain_id, c.sequence, ${isTail}
			FROM events e JOIN auth_chain_entries c ON c.event_nid = e.nid WHERE e.event_id = ANY($1::text[])`,
		values: [eventIds],
	});
	return new Map(
		found.map((row) => [
			row.event_id,
			{
				chainId: row.chain_id,
				sequence: row.sequence,
				isTail: row.is_tail,
				key: stateMapKey(row.type, storedKey(row.state_key)),
			},
		]),
	);
};

/** The cover of a room. Rooms differ by their events, so the index of one holds no chain of another. */
export const readAuthChains = async (client: SqlClient, roomNid: number): Promise<AuthChainIndex> => {
	const entries = await rows<ChainRecord>(client, {
		name: "auth-chains-of-room",
		text: `SELECT e.event_id, e.type, e.state_key, c.chain_id, c.sequence FROM events e
			JOIN auth_chain_entries c ON c.event_nid = e.nid WHERE e.room_nid = $1 AND e.state_key IS NOT NULL`,
		values: [roomNid],
	});
	const links = await rows<{ from_chain: number; from_sequence: number; to_chain: number; to_sequence: number }>(
		client,
		{
			name: "auth-links-of-chains",
			text: "SELECT * FROM auth_chain_links WHERE from_chain = ANY($1::int8[])",
			values: [[...new Set(entries.map((row) => row.chain_id))]],
		},
	);
	return AuthChainIndex.fromRows(
		entries.map((row) => ({
			eventId: row.event_id,
			chain: row.chain_id,
			sequence: row.sequence,
			key: stateMapKey(row.type, storedKey(row.state_key)),
		})),
		links.map((row) => ({
			fromChain: row.from_chain,
			fromSequence: row.from_sequence,
			toChain: row.to_chain,
			toSequence: row.to_sequence,
		})),
	);
};
