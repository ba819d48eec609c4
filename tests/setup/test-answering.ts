import { text } from "node:stream/consumers";
import type { RoomId, ServerName, UserId } from "../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../federation/json/json-value.ts";
import type { RoomVersionId } from "../../federation/room-versions/room-version.ts";
import { createAnsweringStore } from "../../src/server/adapters/prisma/federation/answering-store.ts";
import { createRoomGraph } from "../../src/server/adapters/prisma/graph/room-graph.ts";
import type { Database } from "../../src/server/adapters/prisma/open-database.ts";
import { createRoomDirectory } from "../../src/server/adapters/prisma/rooms-directory.ts";
import type { Answer, LongAnswer } from "../../src/server/federation/answering/answering-dependencies.ts";
import { createAnswering } from "../../src/server/federation/answering/create-answering.ts";
import type { FederationDependencies } from "../../src/server/federation/public.ts";
import { testServerName } from "./test-rooms.ts";
import { createTestSharedRooms, type TestSharedRooms } from "./test-shared-rooms.ts";

/** What other servers may read, on a database. */
export const readingOf = ({ pool }: Pick<Database, "pool">): FederationDependencies["reading"] => ({
	directory: createRoomDirectory(pool),
	graph: createRoomGraph(pool),
	store: createAnsweringStore(pool),
});

export type Answering = ReturnType<typeof createAnswering>;

export const answeringOn = (database: Pick<Database, "pool">): Answering =>
	createAnswering({ serverName: testServerName, clock: { now: () => 42 }, ...readingOf(database) });

/** An answer as it goes over the wire. */
export interface WireAnswer {
	readonly status: number;
	readonly content: { readonly [key: string]: unknown };
}

/** The answer in the form in which it is sent. */
export const wireOf = async (asked: Promise<Answer | LongAnswer>): Promise<WireAnswer> => {
	const answer = await asked;
	if (answer.kind === "refused") {
		const { status, errcode, message } = answer;
		return { status, content: { errcode, error: message } };
	}
	const json = answer.kind === "streamed" ? await text(answer.pieces) : JSON.stringify(answer.content);
	return { status: 200, content: JSON.parse(json) };
};

/** A room of this server with somebody of `one.example` in it, and what its servers may ask. */
export interface SharedRoom extends AsyncDisposable {
	readonly kith: TestSharedRooms;
	readonly answering: Answering;
	readonly ann: UserId;
	readonly rob: UserId;
	readonly roomId: RoomId;
	/** Ann says something; the event's id. */
	say(body: string): Promise<string>;
	/** Ann, who made the room, sets a piece of its state. */
	set(type: string, content: JsonObject, stateKey?: string): Promise<void>;
}

export const one = "one.example" as ServerName;
export const two = "two.example" as ServerName;

/** Ann makes a public room, and Rob of `one.example` joins. */
export const createSharedRoom = async (versionId: RoomVersionId = "12"): Promise<SharedRoom> => {
	const kith = await createTestSharedRooms(versionId);
	const ann = await kith.addPerson("ann");
	const rob = `@rob:${one}` as UserId;
	const roomId = await kith.rooms.create({
		...{ creatorId: ann, transactionId: "t", kind: "group", name: "Harbour" },
		...{ inviteeIds: [], aliasLocalpart: "harbour" },
	});
	await kith.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await kith.join(roomId, rob);
	return {
		...{ kith, ann, rob, roomId },
		answering: answeringOn(kith.database),
		say: async (body) => {
			const sent = await kith.messages.send({ userId: ann, roomId, transactionId: kith.transactionId(), body });
			return sent.eventId;
		},
		set: async (type, content, stateKey = "") => {
			await kith.lane.submit({
				rooms: [roomId],
				users: [ann, ...(type === "m.room.member" ? [stateKey as UserId] : [])],
				plan: (context) => void context.room(roomId).add({ type, stateKey, sender: ann, content }),
			});
		},
		[Symbol.asyncDispose]: () => kith[Symbol.asyncDispose](),
	};
};
