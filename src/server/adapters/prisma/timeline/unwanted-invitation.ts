/**
 * True for a membership `row` that is an invitation by somebody whom the invited person blocks, or by somebody of another
 * server while the parameter `takesNone` says that people here get none from there.
 */
export const isUnwanted = (row: string, takesNone: string): string => `(${row}.membership = 'invite' AND (EXISTS (
	SELECT FROM blocked_people b WHERE b.user_id = ${row}.user_id AND b.blocked_id = ${row}.sender)
	OR ${takesNone}::boolean AND substr(${row}.sender, strpos(${row}.sender, ':')) <> substr(${row}.user_id, strpos(${row}.user_id, ':'))))`;

/** Whether people of this server get no invitations from others. A room that is here is of known servers: those may invite. */
export type TakesNoInvitations = () => boolean;

export const takesAll: TakesNoInvitations = () => false;
