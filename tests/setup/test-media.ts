import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { createMediaDisk } from "../../src/server/adapters/media-disk/media-disk.ts";
import { createMediaStore } from "../../src/server/adapters/prisma/media/media-store.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createMedia, type Media, type MediaQuota } from "../../src/server/media/public.ts";
import { testPicture } from "./test-pictures.ts";
import { testServerName } from "./test-rooms.ts";

export interface TestMediaOptions {
	readonly database: Database;
	readonly dataFolder: string;
	readonly quota?: MediaQuota;
	readonly fileQuota?: MediaQuota;
	readonly mostFileBytes?: number;
	readonly now?: () => number;
}

/** The media area on a test database and a folder, as one server process would run it. */
export const createTestMedia = ({ database, dataFolder, now = Date.now, ...limits }: TestMediaOptions): Media =>
	createMedia({
		store: createMediaStore(database),
		storage: createMediaDisk({
			folder: join(dataFolder, "media"),
			unfinished: join(dataFolder, "media-unfinished"),
		}),
		...limits,
		serverName: testServerName,
		clock: { now },
		randomBytes,
	});

/** Bytes as a connection gives them. */
export async function* inPieces(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
	yield* pieces;
}

/** Stores a small picture of the person and returns its address. */
export const storeTestPicture = (media: Media, userId: UserId): Promise<string> =>
	media.storePicture({ userId, content: inPieces(testPicture("dot.png")) });

/** Stores bytes as a file of the person and returns its address. */
export const storeTestFile = (
	media: Media,
	userId: UserId,
	{ bytes = Buffer.from("sealed"), uploadId = randomBytes(16).toString("hex"), isForDevice = false } = {},
): Promise<string> =>
	media.storeFile({
		...{ userId, uploadId, isForDevice, sizeBytes: bytes.length, contentType: "application/octet-stream" },
		content: inPieces(bytes),
	});
