/** Whether the row `of` is of a device that is signed in, or asleep, of somebody whose account is open. */
export const isStanding = (of: string): string => `(
	EXISTS (SELECT FROM sessions s JOIN users u ON u.id = s.user_id AND u.disabled_at IS NULL
		WHERE s.user_id = ${of}.user_id AND s.device_id = ${of}.device_id AND s.revoked_at IS NULL)
	OR EXISTS (SELECT FROM dehydrated_devices y JOIN users u ON u.id = y.user_id AND u.disabled_at IS NULL
		WHERE y.user_id = ${of}.user_id AND y.device_id = ${of}.device_id))`;
