import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { NewSession, StoredSession } from "../../../accounts/public.ts";
import { rows, type SqlClient } from "../sql.ts";

/**
 * The share lock orders this against a password reset or a disabling: either that commits first and the conditions
 * refuse, or this commits first and the reset ends the session.
 */
export const createSession = async (client: SqlClient, session: NewSession, passwordHash: string): Promise<boolean> => {
	const created = await rows<{ id: string }>(client, {
		name: "sessions_create",
		text: `WITH person AS (
				SELECT id FROM users WHERE id = $2 AND password_hash = $5 AND disabled_at IS NULL FOR SHARE
			)
			INSERT INTO sessions (id, user_id, device_id, device_name) SELECT $1, id, $3, $4 FROM person RETURNING id`,
		values: [session.sessionId, session.userId, session.deviceId, session.deviceName, passwordHash],
	});
	return created.length > 0;
};

interface SessionRecord {
	id: string;
	user_id: UserId;
	device_id: string;
	display_name: string;
	is_owner: boolean;
	is_ended: boolean;
	last_used_at: Date;
}

export const findSession = async (client: SqlClient, sessionId: string): Promise<StoredSession | undefined> => {
	const [row] = await rows<SessionRecord>(client, {
		name: "sessions_find",
		text: `SELECT s.id, s.user_id, s.device_id, u.display_name, u.is_owner, s.last_used_at,
				s.revoked_at IS NOT NULL OR u.disabled_at IS NOT NULL AS is_ended
			FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1`,
		values: [sessionId],
	});
	return row === undefined
		? undefined
		: {
				sessionId: row.id,
				userId: row.user_id,
				deviceId: row.device_id,
				displayName: row.display_name,
				isOwner: row.is_owner,
				isEnded: row.is_ended,
				lastUsedAt: row.last_used_at.getTime(),
			};
};

export const touchSession = async (client: SqlClient, sessionId: string, now: number): Promise<void> => {
	await rows(client, {
		name: "sessions_touch",
		text: "UPDATE sessions SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2",
		values: [sessionId, new Date(now)],
	});
};

export const revokeSession = async (client: SqlClient, sessionId: string, now: number): Promise<boolean> => {
	const revoked = await rows<{ id: string }>(client, {
		name: "sessions_revoke",
		text: "UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id",
		values: [sessionId, new Date(now)],
	});
	return revoked.length > 0;
};
