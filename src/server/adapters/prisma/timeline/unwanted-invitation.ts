/** True for a membership `row` that is an invitation by somebody whom the invited person blocks. */
export const isUnwanted = (row: string): string => `(${row}.membership = 'invite' AND EXISTS (
	SELECT FROM blocked_people b WHERE b.user_id = ${row}.user_id AND b.blocked_id = ${row}.sender))`;
