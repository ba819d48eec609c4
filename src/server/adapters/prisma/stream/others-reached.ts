/**
 * Up to where every other server in each room has accepted what happened, as rows of (room_nid, user_id, position), the
 * user id being empty. A room of this server's people alone has none. `condition` chooses the rooms `r`.
 */
export const othersReached = (condition: string): string => `
SELECT r.nid AS room_nid, '' AS user_id, coalesce((
	SELECT min(coalesce(o.from_position, e.position)) - 1 FROM outbox_entries o JOIN events e ON e.nid = o.event_nid
	WHERE o.room_nid = r.nid
), r.head_position) AS position
FROM rooms r WHERE ${condition} AND EXISTS (
	SELECT FROM memberships m WHERE m.room_nid = r.nid AND NOT m.is_local AND m.membership = 'join'
)`;
