/**
 * Room keys out of the backup: all of them, page by page, or the one that a message needs. The backup's MAC is over nothing
 * (a flaw of its algorithm that all clients share), so what is read is as good as the server: the engine holds such keys
 * for ones that nobody vouches for.
 * Source: Matrix v1.19 Client-Server API, "Backup algorithm: m.megolm_backup.v1.curve25519-aes-sha2".
 */
import { type BackupDecryptionKey, RoomId } from "@matrix-org/matrix-sdk-crypto-wasm";
import * as z from "zod";
import type { RestoreProgress } from "../../recovery-call.ts";
import type { KeyRef, Recovery } from "./ports.ts";

/** As many as keep the engine busy for a part of a second: others wait for it. */
const pageSize = 100;

const encryptedSession = z.object({
	session_data: z.object({ ephemeral: z.string(), mac: z.string(), ciphertext: z.string() }),
});
const roomSessions = z.object({ sessions: z.record(z.string(), z.unknown()) });

interface RestoreWishes {
	readonly total: number;
	readonly onProgress: (progress: RestoreProgress) => void;
	/** Absent: all rooms. */
	readonly roomId?: string;
}

/** Reads the whole backup, or all that it has of a room; undefined: this device has no key to it. It goes on where it was when begun anew from a cursor. */
export async function restoreKeys(
	recovery: Recovery,
	{ total, onProgress, roomId }: RestoreWishes,
): Promise<RestoreProgress | undefined> {
	const keys = await keyAndVersion(recovery);
	if (keys === undefined) return undefined;
	let progress: RestoreProgress = { done: 0, total, damaged: 0 };
	let cursor: KeyRef | undefined;
	do {
		const ask = {
			version: keys.version,
			limit: pageSize,
			...(cursor && { cursor }),
			...(roomId && { room_id: roomId }),
		};
		const { rooms, nextCursor } = await recovery.server.backedUpKeys(ask);
		const wanted = roomId === undefined ? rooms : { [roomId]: rooms[roomId] };
		const { read, damaged } = await importPage(recovery, keys, wanted);
		const done = progress.done + read;
		progress = { done, damaged: progress.damaged + damaged, total: Math.max(total, done + progress.damaged + damaged) };
		onProgress(progress);
		cursor = nextCursor;
	} while (cursor !== undefined);
	return progress;
}

/** Brings one key. `absent`: the backup has no such key, or none that opens. */
export async function restoreKey(recovery: Recovery, { roomId, sessionId }: KeyRef): Promise<"found" | "absent"> {
	const keys = await keyAndVersion(recovery);
	if (keys === undefined) return "absent";
	const question = { version: keys.version, room_id: roomId, session_id: sessionId, limit: 1 };
	const { rooms } = await recovery.server.backedUpKeys(question);
	const asked = { [roomId]: rooms[roomId] };
	return (await importPage(recovery, keys, asked)).read > 0 ? "found" : "absent";
}

interface BackupKeys {
	readonly key: BackupDecryptionKey;
	readonly version: string;
}

async function keyAndVersion({ machine }: Recovery): Promise<BackupKeys | undefined> {
	const { decryptionKey, backupVersion } = await machine.getBackupKeys();
	if (decryptionKey === undefined || backupVersion === undefined) return undefined;
	return { key: decryptionKey, version: backupVersion };
}

async function importPage(
	{ machine }: Recovery,
	{ key, version }: BackupKeys,
	rooms: Readonly<Record<string, unknown>>,
): Promise<{ readonly read: number; readonly damaged: number }> {
	const sessions = new Map<RoomId, Map<string, unknown>>();
	let [read, damaged] = [0, 0];
	for (const [roomId, room] of Object.entries(rooms)) {
		const parsed = roomSessions.safeParse(room);
		if (!parsed.success) continue;
		const opened = new Map<string, unknown>();
		for (const [sessionId, session] of Object.entries(parsed.data.sessions)) {
			const data = openSession(key, session);
			if (data === undefined) damaged++;
			else opened.set(sessionId, data);
		}
		if (opened.size > 0) sessions.set(new RoomId(roomId), opened);
		read += opened.size;
	}
	if (read > 0) await machine.importBackedUpRoomKeys(sessions, () => undefined, version);
	return { read, damaged };
}

function openSession(key: BackupDecryptionKey, session: unknown): unknown {
	const parsed = encryptedSession.safeParse(session);
	if (!parsed.success) return undefined;
	const { ephemeral, mac, ciphertext } = parsed.data.session_data;
	try {
		return JSON.parse(key.decryptV1(ephemeral, mac, ciphertext));
	} catch {
		return undefined;
	}
}
