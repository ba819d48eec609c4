/**
 * False where the person is in the room and no setting ever hid anything from its members: the usual case, which needs
 * no marks. One visibility event is the first setting after the default, which is `shared` too.
 */
export const hasBounds = (membership: string): string => `(
	${membership} IS DISTINCT FROM 'join' OR r.history_visibility NOT IN ('shared', 'world_readable')
	OR (SELECT count(*) FROM (
		SELECT FROM events h WHERE h.room_nid = r.nid AND h.type = 'm.room.history_visibility' AND h.state_key = '' LIMIT 2
	) h) > 1)`;
