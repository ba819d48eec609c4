import type { RoomId, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { RoomVersionId } from "../../federation/room-versions/room-version.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createStreamStore } from "../../src/server/adapters/prisma/stream/stream-store.ts";
import { createTimelineStore } from "../../src/server/adapters/prisma/timeline/timeline-store.ts";
import { readPrivacy } from "../../src/server/stream/public.ts";
import { createTimeline, type Timeline, type TimelineStore } from "../../src/server/timeline/public.ts";
import type { WireEvent } from "../../src/shared/wire/event.ts";
import type { WireRoomKind } from "../../src/shared/wire/room.ts";
import { createTestDatabase } from "./test-database.ts";
import { createTestRooms, type TestRooms } from "./test-rooms.ts";

export interface TestTimeline extends AsyncDisposable, TestRooms {
	readonly database: Database;
	readonly store: TimelineStore;
	readonly timeline: Timeline;
	/** Makes a room with its creator and people who have joined. */
	makeRoom(people: readonly [UserId, ...UserId[]], options?: { kind?: WireRoomKind; name?: string }): Promise<RoomId>;
	/** Sends one message after the other and returns the event ids. */
	say(userId: UserId, roomId: RoomId, ...bodies: string[]): Promise<string[]>;
	nidOf(roomId: RoomId): Promise<number>;
	head(): Promise<number>;
}

/** Rooms as the append path writes them, and the timeline that reads them. */
export const createTestTimeline = async (versionId: RoomVersionId = "12"): Promise<TestTimeline> => {
	const test = await createTestDatabase();
	const { database } = test;
	const kith = createTestRooms(database, versionId);
	const store = createTimelineStore(database.pool);
	const timeline = createTimeline({
		store,
		privacyOf: (userId) => readPrivacy(createStreamStore(database.pool), userId),
	});
	return {
		...kith,
		database,
		store,
		timeline,
		makeRoom: async ([creatorId, ...others], { kind = "group", name } = {}) => {
			const transactionId = kith.transactionId();
			const roomId = await kith.rooms.create({ creatorId, transactionId, kind, name, inviteeIds: others });
			for (const userId of others) await kith.rooms.join({ userId, room: roomId });
			return roomId;
		},
		say: async (userId, roomId, ...bodies) => {
			const eventIds: string[] = [];
			for (const body of bodies) {
				const sent = await kith.messages.send({ userId, roomId, transactionId: kith.transactionId(), body });
				eventIds.push(sent.eventId);
			}
			return eventIds;
		},
		nidOf: async (roomId) => {
			const { rows } = await database.pool.query("SELECT nid FROM rooms WHERE id = $1", [roomId]);
			return rows[0].nid;
		},
		head: () => store.readHead(),
		[Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
	};
};

/** What the messages among some events say, in their order; a deleted one says nothing. */
export const bodiesOf = (events: readonly WireEvent[]): string[] =>
	events.filter(({ type }) => type === "m.room.message").map(({ content }) => String(content["body"] ?? "—"));
