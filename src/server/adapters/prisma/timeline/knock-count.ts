/** How many ask to be let in to a `room`, counted up to 100, and only where one can ask: most rooms cost nothing. */
export const knockCount = (room: string): string => `CASE WHEN ${room}.join_rule IN ('knock', 'knock_restricted') THEN (
	SELECT count(*)::int FROM (
		SELECT FROM memberships k WHERE k.room_nid = ${room}.nid AND k.membership = 'knock' LIMIT 100
	) asking) ELSE 0 END`;
