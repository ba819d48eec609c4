import { expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { followStream, openTestProcess, type TestFollower } from "../../../tests/setup/test-stream.ts";
import { openPrivacy } from "../../shared/wire/privacy-choices.ts";
import { createTimelineStore } from "../adapters/prisma/timeline/timeline-store.ts";
import { createTimeline } from "../timeline/public.ts";

/** A room where one asks to be let in: Alice's, with Bob in it, who may let in nobody. */
const openDoor = async () => {
	const test = await createTestDatabase();
	const process = await openTestProcess(test);
	const [alice, bob, carol] = [
		await process.addPerson("alice"),
		await process.addPerson("bob"),
		await process.addPerson("carol"),
	];
	const { rooms } = process;
	const roomId = await rooms.create({ creatorId: alice, transactionId: "t", kind: "group", inviteeIds: [bob] });
	await rooms.join({ userId: bob, room: roomId });
	await rooms.setJoinRule({ userId: alice, roomId, joinRule: "knock" });
	const timeline = createTimeline({
		store: createTimelineStore(test.database.pool),
		privacyOf: async () => openPrivacy,
	});
	const followers = [followStream(process.stream, alice), followStream(process.stream, bob)] as const;
	for (const follower of followers) await follower.until(() => follower.items.length > 0);
	return {
		...{ process, rooms, alice, bob, carol, roomId, followers },
		listed: async (userId: UserId) => (await timeline.roomList(userId, { limit: 5 })).items[0]?.knockCount,
		[Symbol.asyncDispose]: async () => {
			for (const follower of followers) follower.stop();
			await process.close();
			await test[Symbol.asyncDispose]();
		},
	};
};

const summaries = (follower: TestFollower) => follower.deltas().flatMap(({ summary }) => summary ?? []);

it("says how many ask to be let in to who may let them in, at once and in the list, until they are answered", async () => {
	await using door = await openDoor();
	const { process, rooms, alice, bob, carol, roomId, followers, listed } = door;
	const [alices, bobs] = followers;
	await rooms.knock({ userId: carol, room: roomId, via: [], reason: "Let me in" });
	await alices.until(() => summaries(alices).at(-1)?.knockCount === 1);
	// Also with what comes later, and not to others.
	await process.messages.send({ userId: bob, roomId, transactionId: "m", body: "hello" });
	await bobs.until(() => bobs.bodies().includes("hello"));
	await alices.until(() => alices.bodies().includes("hello"));
	expect(summaries(alices).at(-1)?.knockCount).toBe(1);
	expect(summaries(bobs).map(({ knockCount }) => knockCount)).not.toContain(1);
	expect([await listed(alice), await listed(bob), await listed(carol)]).toEqual([1, undefined, undefined]);
	await rooms.setRole({ userId: alice, roomId, targetId: bob, role: "moderator" });
	await bobs.until(() => summaries(bobs).at(-1)?.knockCount === 1);
	await rooms.invite({ userId: alice, roomId, targetId: carol });
	await alices.until(() => summaries(alices).at(-1)?.knockCount === undefined);
	await bobs.until(() => summaries(bobs).at(-1)?.knockCount === undefined);
	expect([await listed(alice), await listed(bob)]).toEqual([undefined, undefined]);
});
