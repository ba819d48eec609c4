import { openServerDatabase } from "../../server-process/server-database.ts";
import type { KithHomeserver } from "../kith/kith-homeserver.ts";

/** What a Kith has stored of a room. */
export interface StoredRoom {
	/** The present state: type, state key and event. */
	readonly state: readonly string[];
	/** Ids of the events that people are shown. */
	readonly shown: readonly string[];
	/** Ids of those that were stored without being shown: rejected and soft-failed ones. */
	readonly hidden: readonly string[];
}

export const readStoredRoom = async ({ dataFolder }: KithHomeserver, roomId: string): Promise<StoredRoom> => {
	await using client = await openServerDatabase(dataFolder);
	const state = await client.query<{ line: string }>(
		`SELECT c.type || ' ' || c.state_key || ' ' || e.event_id AS line
			FROM rooms r JOIN current_state c ON c.room_nid = r.nid JOIN events e ON e.nid = c.event_nid
			WHERE r.id = $1 ORDER BY line`,
		[roomId],
	);
	const events = await client.query<{ event_id: string; verdict: number }>(
		`SELECT e.event_id, e.verdict FROM rooms r JOIN events e ON e.room_nid = r.nid
			WHERE r.id = $1 AND e.position IS NOT NULL ORDER BY e.position`,
		[roomId],
	);
	const idsWhere = (isShown: boolean): readonly string[] =>
		events.rows.filter(({ verdict }) => (verdict === 0) === isShown).map(({ event_id }) => event_id);
	return { state: state.rows.map(({ line }) => line), shown: idsWhere(true), hidden: idsWhere(false) };
};

/** How many PDUs of the room wait to be checked. */
export const waitingPdus = async ({ dataFolder }: KithHomeserver, roomId: string): Promise<number> => {
	await using client = await openServerDatabase(dataFolder);
	const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM received_pdus WHERE room_id = $1", [
		roomId,
	]);
	return Number(rows[0]?.count ?? 0);
};
