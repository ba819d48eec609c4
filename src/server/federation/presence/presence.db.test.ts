import { describe, expect, it } from "vitest";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import type { JsonObject } from "../../../../federation/json/json-value.ts";
import { openServerStream } from "../../../../tests/setup/server-stream.ts";
import { createTestNetwork, createTestServer } from "../../../../tests/setup/test-server.ts";
import { followStream, type TestFollower } from "../../../../tests/setup/test-stream.ts";
import { createPresenceCircles } from "../../adapters/prisma/federation/presence-circles.ts";

const eventually = { timeout: 20_000, interval: 20 };
const viewer = (userId: UserId) => ({ userId, sessionId: userId, deviceId: "device", isOwner: false });

/** Two servers, a group with ann of the first and bob of the second, and eve of the first who knows nobody. */
const openTown = async () => {
	const network = createTestNetwork();
	const one = await createTestServer("one.example", { network });
	const two = await createTestServer("two.example", { network });
	const [ann, eve, bob] = [await one.addPerson("ann"), await one.addPerson("eve"), await two.addPerson("bob")];
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await two.join(bob, roomId, { resident: one });
	const [ones, twos] = [await openServerStream(one), await openServerStream(two)];
	const pushes = (from: ServerName) =>
		network.requests.filter(
			(seen) => seen.from === from && JSON.stringify(seen.request.content).includes("m.presence"),
		);
	return {
		...{ network, one, two, ones, twos, ann, eve, bob, roomId, pushes },
		[Symbol.asyncDispose]: async () => {
			await Promise.all([ones.stop(), twos.stop()]);
			await one[Symbol.asyncDispose]();
			await two[Symbol.asyncDispose]();
		},
	};
};

const seen = (follower: TestFollower, userId: string) =>
	follower.ephemeral.flatMap((item) => item.presence).findLast((one) => one.userId === userId);

describe("presence between servers", { timeout: 60_000 }, () => {
	it("shows who comes and goes at the other server, and stays with those who know each other", async () => {
		await using town = await openTown();
		const { one, two, ones, twos, ann, eve, bob, pushes } = town;
		await Promise.all([one.rules.setPresenceShared(true), two.rules.setPresenceShared(true)]);
		const [anns, eves] = [followStream(ones, ann), followStream(ones, eve)];
		const bobs = followStream(twos, bob);
		await expect.poll(() => seen(anns, bob)?.isOnline, eventually).toBe(true);
		await expect.poll(() => seen(bobs, ann)?.isOnline, eventually).toBe(true);
		// Who comes later is told of those who are there already, by what this server knows.
		const again = followStream(ones, ann);
		await expect.poll(() => seen(again, bob)?.isOnline, eventually).toBe(true);
		await ones.setPrivacy(viewer(ann), { lastSeen: "nobody" });
		await expect.poll(() => seen(bobs, ann), eventually).toEqual({ userId: ann, isOnline: false });
		// Who tells nobody is told of nobody.
		await expect.poll(() => seen(anns, bob)?.isOnline, eventually).toBe(false);
		expect(seen(eves, bob)).toBeUndefined();
		expect(JSON.stringify(pushes(one.name))).not.toContain(eve);
		expect(await two.rows("SELECT user_id FROM last_seen WHERE user_id = $1", [ann])).toEqual([]);
		for (const follower of [anns, again, eves, bobs]) follower.stop();
	});

	it("is neither told nor heard unless the owner wants it", async () => {
		await using town = await openTown();
		const { one, two, ones, twos, ann, bob, roomId, pushes } = town;
		await one.rules.setPresenceShared(true);
		const [anns, bobs] = [followStream(ones, ann), followStream(twos, bob)];
		await expect.poll(() => pushes(one.name), eventually).toHaveLength(1);
		const told: unknown[] = [];
		const writers: unknown[] = [];
		for (const server of [one, two]) {
			server.bus.subscribe((poke) => {
				if (poke.kind === "remotePresence") told.push(...poke.people);
				if (poke.kind === "typing") writers.push(...poke.changes.map(({ userId }) => userId));
			});
		}
		// What it would have heard a moment ago it hears once more, in vain.
		const { edus } = pushes(one.name)[0]?.request.content ?? {};
		const typing = { edu_type: "m.typing", content: { room_id: roomId, user_id: ann, typing: true } };
		const content = { edus: [...(edus as readonly JsonObject[]), typing] };
		await two.exchange.receiveTransaction({ origin: one.name, txnId: "again", content });
		// What comes with it is heard, so it was looked at.
		await expect.poll(() => writers, eventually).toEqual([ann]);
		expect(told).toEqual([]);
		expect(pushes(two.name)).toEqual([]);
		expect([seen(anns, bob), seen(bobs, ann)]).toEqual([undefined, undefined]);
		for (const follower of [anns, bobs]) follower.stop();
	});

	it("is of direct chats and groups of at most fifty, between people who are both there", async () => {
		await using town = await openTown();
		const { one, two, ann, eve, bob, roomId } = town;
		const [ones, twos] = [createPresenceCircles(one.database.pool), createPresenceCircles(two.database.pool)];
		const look = async () => ({
			to: (await ones.audiencesOf([ann, eve])).map(({ userId, destinations }) => [userId, destinations]),
			watched: await ones.watchedAmong([bob, ann, "@nobody:two.example"]),
			seenBy: await ones.seenBy([bob, ann]),
			back: await twos.watchedAmong([ann, eve, bob]),
		});
		const all = {
			to: [
				[ann, [two.name]],
				[eve, []],
			],
			watched: [bob],
			seenBy: [ann],
			back: [ann],
		};
		const none = {
			to: [
				[ann, []],
				[eve, []],
			],
			watched: [],
			seenBy: [],
			back: [],
		};
		expect(await look()).toEqual(all);
		for (const server of [one, two]) await server.rows("UPDATE rooms SET joined_count = 51");
		expect(await look()).toEqual(none);
		for (const server of [one, two]) await server.rows("UPDATE rooms SET joined_count = 2");
		await two.rooms.leave({ userId: bob, roomId });
		await expect.poll(look, eventually).toEqual(none);
	});
});
