import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { DeviceRevocation, NewSession, StoredDevice, StoredSession } from "../../../accounts/public.ts";
import { rows, type SqlClient } from "../sql.ts";
import type { Client } from "./transaction.ts";

/**
 * The share lock orders this against a password change or a disabling: either that commits first and the conditions
 * refuse, or this commits first and the reset ends the session.
 */
export const createSession = async (
	client: SqlClient,
	session: NewSession,
	passwordHash: string | undefined,
): Promise<boolean> => {
	const created = await rows<{ id: string }>(client, {
		name: "sessions_create",
		text: `WITH person AS (
				SELECT id FROM users WHERE id = $2 AND ($5::text IS NULL OR password_hash = $5) AND disabled_at IS NULL FOR SHARE
			)
			INSERT INTO sessions (id, user_id, device_id, device_name) SELECT $1, id, $3, $4 FROM person RETURNING id`,
		values: [session.sessionId, session.userId, session.deviceId, session.deviceName, passwordHash ?? null],
	});
	return created.length > 0;
};

interface SessionRecord {
	id: string;
	user_id: UserId;
	device_id: string;
	display_name: string;
	avatar_url: string | null;
	is_owner: boolean;
	is_ended: boolean;
	last_used_at: Date;
}

export const findSession = async (client: SqlClient, sessionId: string): Promise<StoredSession | undefined> => {
	const [row] = await rows<SessionRecord>(client, {
		name: "sessions_find",
		text: `SELECT s.id, s.user_id, s.device_id, u.display_name, u.avatar_url, u.is_owner, s.last_used_at,
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
				avatarUrl: row.avatar_url ?? undefined,
				isOwner: row.is_owner,
				isEnded: row.is_ended,
				lastUsedAt: row.last_used_at.getTime(),
			};
};

export const touchSession = async (client: Client, sessionId: string, now: number): Promise<void> => {
	const lastUsedAt = new Date(now);
	await client.session.updateMany({ where: { id: sessionId, lastUsedAt: { lt: lastUsedAt } }, data: { lastUsedAt } });
};

export const revokeSession = async (client: Client, sessionId: string, now: number): Promise<boolean> => {
	const { count } = await client.session.updateMany({
		where: { id: sessionId, revokedAt: null },
		data: { revokedAt: new Date(now) },
	});
	return count > 0;
};

/** Newest use first. */
export const listDevices = async (
	client: Client,
	userId: UserId,
	usedAfter: number,
): Promise<readonly StoredDevice[]> => {
	const found = await client.session.findMany({
		where: { userId, revokedAt: null, lastUsedAt: { gt: new Date(usedAfter) } },
		orderBy: [{ lastUsedAt: "desc" }, { id: "asc" }],
	});
	return found.map((session) => ({
		sessionId: session.id,
		deviceId: session.deviceId,
		name: session.deviceName,
		createdAt: session.createdAt.getTime(),
		lastUsedAt: session.lastUsedAt.getTime(),
	}));
};

export const renameDevice = async (
	client: Client,
	{ userId, deviceId, name }: { readonly userId: UserId; readonly deviceId: string; readonly name: string },
): Promise<boolean> => {
	const { count } = await client.session.updateMany({
		where: { userId, deviceId, revokedAt: null },
		data: { deviceName: name },
	});
	return count > 0;
};

/** Ends the sessions of these devices, or of all but one, and answers which ended now. */
export const revokeDevices = async (client: Client, revocation: DeviceRevocation): Promise<readonly string[]> => {
	const { userId, devices, now } = revocation;
	const deviceId = "only" in devices ? devices.only : { not: devices.allBut };
	const ended = await client.session.updateManyAndReturn({
		where: { userId, revokedAt: null, deviceId },
		data: { revokedAt: new Date(now) },
		select: { id: true },
	});
	return ended.map((session) => session.id);
};
