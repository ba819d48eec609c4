import { randomBytes } from "node:crypto";
import { authorizerWith } from "../../federation/authorization/authorize-event.ts";
import type { KeyId, RoomId, ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { Signer } from "../../federation/ports/signer.ts";
import type { RoomVersionId } from "../../federation/room-versions/room-version.ts";
import { roomVersions } from "../../federation/room-versions/room-versions.ts";
import { createNodeSigner } from "../../src/server/adapters/crypto-node/node-signer.ts";
import { nodeVerifier } from "../../src/server/adapters/crypto-node/node-verifier.ts";
import { createAppendStore } from "../../src/server/adapters/prisma/append/append-store.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createRoomDirectory } from "../../src/server/adapters/prisma/rooms-directory.ts";
import { createStreamStore } from "../../src/server/adapters/prisma/stream/stream-store.ts";
import { createUnreadableCounts } from "../../src/server/adapters/prisma/unreadable-counts.ts";
import { createMessages, type Messages } from "../../src/server/messages/public.ts";
import {
	type AppendLane,
	type Committed,
	createAppendLane,
	createHeadCache,
	createRooms,
	createWriteLimiter,
	type RemoteRooms,
	type RoomDirectory,
	type Rooms,
} from "../../src/server/rooms/public.ts";
import { readPrivacy } from "../../src/server/stream/account-data.ts";
import { AppError } from "../../src/shared/app-error.ts";
import { parseMediaAddress } from "../../src/shared/media-address.ts";

export interface TestRooms {
	readonly rooms: Rooms;
	readonly messages: Messages;
	readonly lane: AppendLane;
	readonly directory: RoomDirectory;
	/** Makes an account row; the person can be invited from then on. */
	addPerson(localpart: string): Promise<UserId>;
	/** A transaction id nobody used before. */
	transactionId(): string;
	/** Transactions begun under the stream lock so far. */
	locksTaken(): number;
	/** Batches committed so far. */
	readonly committed: readonly Committed[];
}

export interface TestRoomsOptions {
	readonly onCommitted?: (batch: Committed) => void;
	readonly clock?: { now(): number };
	/** Absent: the server under test. */
	readonly signer?: Signer;
	/** Absent: there are no other servers. */
	readonly remote?: RemoteRooms;
	/** What stands before the lane; absent: nothing. */
	readonly aroundLane?: (lane: AppendLane) => AppendLane;
	/** Absent: everybody may use any picture. */
	readonly requireOwnPicture?: (userId: UserId, url: string) => Promise<void>;
}

export const testServerName = "kith.example" as ServerName;

const fileIdOf = (url: string): string | undefined => {
	const address = parseMediaAddress(url);
	return address?.serverName === testServerName ? address.mediaId : undefined;
};

/** The key of the server under test. */
export const testRoomSigner = createNodeSigner(new Uint8Array(32).fill(7), testServerName, "ed25519:test" as KeyId);

const nobodyThere = async (): Promise<never> => {
	throw new AppError("server-unknown");
};

/** A world with one server. */
export const noRemoteRooms: RemoteRooms = {
	profileOf: nobodyThere,
	invite: nobodyThere,
	join: nobodyThere,
	joinRestricted: nobodyThere,
	knock: nobodyThere,
	preview: nobodyThere,
	serversIn: async () => [],
	findPublic: nobodyThere,
	walkSpace: nobodyThere,
	leave: async () => false,
};

/** The room and message areas on a test database, as one server process would run them. */
export const createTestRooms = (
	database: Database,
	versionId: RoomVersionId = "12",
	options: TestRoomsOptions = {},
): TestRooms => {
	const { onCommitted, clock = Date, requireOwnPicture = async () => undefined } = options;
	const { signer = testRoomSigner, remote = noRemoteRooms, aroundLane = (lane: AppendLane) => lane } = options;
	const { serverName } = signer;
	const committed: Committed[] = [];
	const store = createAppendStore(database.pool);
	let locksTaken = 0;
	const lane = aroundLane(
		createAppendLane({
			store: {
				...store,
				withStreamLock: (work) => {
					locksTaken += 1;
					return store.withStreamLock(work);
				},
			},
			heads: createHeadCache(),
			tools: {
				signer,
				authorize: authorizerWith(nodeVerifier),
				clock,
			},
			onCommitted: (batch) => {
				committed.push(batch);
				onCommitted?.(batch);
			},
		}),
	);
	const directory = createRoomDirectory(database.pool);
	const limiter = createWriteLimiter(0, Date);
	const rooms = createRooms({
		lane,
		directory,
		limiter,
		remote,
		requireOwnPicture,
		serverName,
		defaultVersion: roomVersions[versionId],
		randomRoomId: () => `!${randomBytes(12).toString("hex")}:${serverName}` as RoomId,
	});
	return {
		rooms,
		messages: createMessages({
			lane,
			limiter,
			clock,
			unreadableCounts: createUnreadableCounts(database.pool),
			fileIdOf,
			privacyOf: (userId) => readPrivacy(createStreamStore(database.pool), userId),
		}),
		lane,
		directory,
		committed,
		locksTaken: () => locksTaken,
		transactionId: () => randomBytes(8).toString("hex"),
		addPerson: async (localpart) => {
			const id = `@${localpart}:${serverName}` as UserId;
			await database.prisma.user.create({ data: { id, localpart, displayName: localpart, passwordHash: "none" } });
			return id;
		},
	};
};
