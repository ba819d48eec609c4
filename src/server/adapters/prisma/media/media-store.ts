import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type {
	FileReservation,
	FoundMedia,
	MediaId,
	MediaQuota,
	MediaRecord,
	MediaStore,
	Reserved,
	UnusedQuery,
} from "../../../media/public.ts";
import { databaseError } from "../database-error.ts";
import type { Database } from "../open-database.ts";
import { rows, type SqlClient } from "../sql.ts";

type Prisma = Database["prisma"];

/** What is known of files, on PostgreSQL. */
export const createMediaStore = ({ prisma, pool }: Pick<Database, "prisma" | "pool">): MediaStore => ({
	add: (record, quota) => guarded(add(prisma, record, quota)),
	reserve: (file, quota) => guarded(reserve(prisma, file, quota)),
	complete: (id) => guarded(complete(prisma, id)),
	find: (id) => guarded(find(prisma, id)),
	markUnused: (query) => guarded(markUnused(pool, query)),
	listMarked: (limit) => guarded(listMarked(prisma, limit)),
	forget: (id) => guarded(forget(prisma, id)),
});

const guarded = async <T>(call: Promise<T>): Promise<T> => {
	try {
		return await call;
	} catch (error) {
		throw databaseError(error);
	}
};

const add = (prisma: Prisma, record: MediaRecord, quota: MediaQuota): Promise<boolean> =>
	prisma.$transaction(async (client) => {
		const { ownerId, createdAt, sizeBytes } = record;
		await lockOwner(client, ownerId);
		if (await isFull(client, ownerId, { sizeBytes, isFile: false, quota })) return false;
		await client.media.create({ data: { ...record, createdAt: new Date(createdAt) } });
		return true;
	});

const reserve = (prisma: Prisma, file: FileReservation, quota: MediaQuota): Promise<Reserved> =>
	prisma.$transaction(async (client): Promise<Reserved> => {
		const { ownerId, uploadId, sizeBytes, createdAt, expiresAt } = file;
		await lockOwner(client, ownerId);
		const earlier = await client.media.findUnique({ where: { ownerId_uploadId: { ownerId, uploadId } } });
		if (earlier !== null) {
			if (earlier.sizeBytes !== sizeBytes) return { kind: "taken" };
			return { kind: earlier.isComplete ? "complete" : "reserved", id: earlier.id as MediaId };
		}
		if (await isFull(client, ownerId, { sizeBytes, isFile: true, quota })) return { kind: "full" };
		await client.media.create({
			data: { ...file, isComplete: false, createdAt: new Date(createdAt), expiresAt: new Date(expiresAt) },
		});
		return { kind: "reserved", id: file.id };
	});

type Transaction = Pick<Prisma, "$executeRaw" | "$queryRaw">;

/** Uploads of one person at the same moment count each other. */
const lockOwner = (client: Transaction, ownerId: UserId): Promise<number> =>
	client.$executeRaw`SELECT 1 FROM users WHERE id = ${ownerId} FOR NO KEY UPDATE`;

interface Wanted {
	readonly sizeBytes: number;
	/** Files and pictures are counted each for themselves. */
	readonly isFile: boolean;
	readonly quota: MediaQuota;
}

const isFull = async (client: Transaction, ownerId: UserId, { sizeBytes, isFile, quota }: Wanted): Promise<boolean> => {
	const [stored] = await client.$queryRaw<{ files: number; bytes: number }[]>`
		SELECT count(*)::int AS files, COALESCE(sum(size_bytes), 0)::float8 AS bytes FROM media
		WHERE owner_id = ${ownerId} AND (expires_at IS NOT NULL) = ${isFile}`;
	return stored === undefined || stored.files >= quota.files || stored.bytes + sizeBytes > quota.bytes;
};

const complete = async (prisma: Prisma, id: MediaId): Promise<boolean> =>
	(await prisma.media.updateMany({ where: { id, removedAt: null }, data: { isComplete: true } })).count === 1;

const find = async (prisma: Prisma, id: MediaId): Promise<FoundMedia | undefined> => {
	const row = await prisma.media.findFirst({ where: { id, removedAt: null, isComplete: true } });
	if (row === null) return undefined;
	const { contentType, sizeBytes, createdAt, expiresAt } = row;
	return {
		...{ id, ownerId: row.ownerId as UserId, contentType, sizeBytes },
		createdAt: createdAt.getTime(),
		isFile: expiresAt !== null,
	};
};

/**
 * Walks the key, so a sweep costs the same however many files there are. An event that begins to refer to a file moves
 * what the last condition reads, so that a sweep which waited for it sees it.
 */
const markUnused = async (client: SqlClient, query: UnusedQuery): Promise<string | undefined> => {
	const [row] = await rows<{ last: string | null; scanned: number }>(client, {
		name: "media_mark_unused",
		text: `WITH scanned AS MATERIALIZED (
				SELECT id, removed_at, 'mxc://' || $1 || '/' || id AS url FROM media
				WHERE id > $2 ORDER BY id LIMIT $3::int
			), marked AS (
				UPDATE media SET removed_at = $4, upload_id = NULL FROM scanned s
				WHERE media.id = s.id AND s.removed_at IS NULL
					AND COALESCE(media.expires_at, media.created_at + interval '1 day') < $4
					AND NOT EXISTS (SELECT FROM media_uses WHERE media_id = s.id)
					AND NOT EXISTS (SELECT FROM users WHERE avatar_url = s.url)
					AND NOT EXISTS (SELECT FROM rooms WHERE avatar_url = s.url)
					AND NOT EXISTS (SELECT FROM memberships WHERE avatar_url = s.url)
			)
			SELECT max(id) AS last, count(*)::int AS scanned FROM scanned`,
		values: [query.serverName, query.after, query.scanLimit, new Date(query.now)],
	});
	return row === undefined || row.scanned < query.scanLimit ? undefined : (row.last ?? undefined);
};

const listMarked = async (prisma: Prisma, limit: number): Promise<readonly MediaId[]> => {
	const select = { id: true } as const;
	const found = await prisma.media.findMany({ where: { removedAt: { not: null } }, select, take: limit });
	return found.map(({ id }) => id as MediaId);
};

const forget = async (prisma: Prisma, id: MediaId): Promise<void> => {
	await prisma.media.deleteMany({ where: { id } });
};
