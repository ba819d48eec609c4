import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { MediaId, MediaQuota, MediaRecord, MediaStore, UnusedQuery } from "../../../media/public.ts";
import { databaseError } from "../database-error.ts";
import type { Database } from "../open-database.ts";
import { rows, type SqlClient } from "../sql.ts";

type Prisma = Database["prisma"];

/** What is known of files, on PostgreSQL. */
export const createMediaStore = ({ prisma, pool }: Pick<Database, "prisma" | "pool">): MediaStore => ({
	add: (record, quota) => guarded(add(prisma, record, quota)),
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

/** The person's row is locked, so that uploads at the same moment count each other. */
const add = (prisma: Prisma, record: MediaRecord, quota: MediaQuota): Promise<boolean> =>
	prisma.$transaction(async (client) => {
		const { ownerId, createdAt } = record;
		await client.$executeRaw`SELECT 1 FROM users WHERE id = ${ownerId} FOR NO KEY UPDATE`;
		const stored = await client.media.aggregate({ where: { ownerId }, _count: true, _sum: { sizeBytes: true } });
		const bytes = (stored._sum.sizeBytes ?? 0) + record.sizeBytes;
		if (stored._count >= quota.files || bytes > quota.bytes) return false;
		await client.media.create({ data: { ...record, createdAt: new Date(createdAt) } });
		return true;
	});

const find = async (prisma: Prisma, id: MediaId): Promise<MediaRecord | undefined> => {
	const row = await prisma.media.findFirst({ where: { id, removedAt: null } });
	if (row === null) return undefined;
	const { contentType, sizeBytes, createdAt } = row;
	return { id, ownerId: row.ownerId as UserId, contentType, sizeBytes, createdAt: createdAt.getTime() };
};

/** Walks the key, so a sweep costs the same however many files there are. */
const markUnused = async (client: SqlClient, query: UnusedQuery): Promise<string | undefined> => {
	const [row] = await rows<{ last: string | null; scanned: number }>(client, {
		name: "media_mark_unused",
		text: `WITH scanned AS MATERIALIZED (
				SELECT id, created_at, removed_at, 'mxc://' || $1 || '/' || id AS url FROM media
				WHERE id > $2 ORDER BY id LIMIT $3::int
			), marked AS (
				UPDATE media SET removed_at = $5 FROM scanned s
				WHERE media.id = s.id AND s.removed_at IS NULL AND s.created_at < $4
					AND NOT EXISTS (SELECT FROM users WHERE avatar_url = s.url)
					AND NOT EXISTS (SELECT FROM rooms WHERE avatar_url = s.url)
					AND NOT EXISTS (SELECT FROM memberships WHERE avatar_url = s.url)
			)
			SELECT max(id) AS last, count(*)::int AS scanned FROM scanned`,
		values: [query.serverName, query.after, query.scanLimit, new Date(query.createdBefore), new Date(query.now)],
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
