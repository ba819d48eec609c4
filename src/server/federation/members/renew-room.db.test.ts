import { expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { followStream, openTestProcess } from "../../../../tests/setup/test-stream.ts";
import { createArrivingStore } from "../../adapters/prisma/federation/arriving-store.ts";
import { receivedBatch } from "../receiving/received-batch.ts";
import { verdictOf } from "../receiving/store-received.ts";
import { renewRoom } from "./renew-room.ts";

const openRoom = async () => {
	const test = await createTestDatabase();
	const kith = await openTestProcess(test);
	const [alice, bob] = [await kith.addPerson("alice"), await kith.addPerson("bob")];
	const roomId = await kith.rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await kith.rooms.join({ userId: bob, room: roomId });
	const arriving = createArrivingStore(test.database.pool);
	return {
		...{ kith, alice, bob, roomId },
		say: (userId: UserId, body: string) =>
			kith.messages.send({ userId, roomId, transactionId: kith.transactionId(), body }),
		/** The room's newest message does not count after all. */
		refuseLast: () =>
			kith.lane.submitAlone(async (transaction, rows) => {
				const [head] = await transaction.loadRows([roomId as RoomId]);
				const { row } = head ?? {};
				if (row?.lastMessageNid === undefined || row.stateGroupId === undefined) throw new Error("no message");
				const { nid: roomNid, lastMessageNid: nid, stateGroupId } = row;
				const place = { nid, position: nid, stateGroupId, messageOrdinal: undefined };
				receivedBatch(rows).received.placements.push({ ...place, verdict: verdictOf.rejected });
				const before = await arriving.lastMessageBefore(roomNid, nid);
				await renewRoom(arriving, rows, { roomNid });
				const changed = { lastMessageNid: before?.nid, messageCount: row.messageCount - 1 };
				rows.rooms.set(roomNid, { ...row, ...changed, headPosition: rows.position });
			}),
		[Symbol.asyncDispose]: async () => {
			await kith.close();
			await test[Symbol.asyncDispose]();
		},
	};
};

it("tells who is connected the room anew when what was shown does not count after all", {
	timeout: 60_000,
}, async () => {
	await using room = await openRoom();
	const { kith, alice, bob, say, refuseLast } = room;
	const follower = followStream(kith.stream, bob);
	await say(alice, "good");
	await say(alice, "evil");
	await follower.until(() => follower.bodies().includes("evil"));
	const before = follower.deltas().length;
	await refuseLast();
	await follower.until(() => follower.deltas().length > before);
	expect(follower.deltas().at(-1)?.isLimited).toBe(true);
	const told = follower.deltas().at(-1);
	expect(told?.events.flatMap(({ content }) => content["body"] ?? [])).toEqual(["good"]);
	expect(told?.summary).toMatchObject({ unreadCount: 1, lastMessage: { content: { body: "good" } } });

	// What changes of the room afterwards does not bring it back.
	await kith.rooms.setName({ userId: alice, roomId: room.roomId, name: "Another name" });
	await follower.until(() => follower.deltas().at(-1)?.summary?.name === "Another name");
	const next = follower.deltas().at(-1);
	expect(next?.isLimited).toBe(false);
	expect(next?.summary).toMatchObject({ unreadCount: 1, lastMessage: { content: { body: "good" } } });
	follower.stop();
});
