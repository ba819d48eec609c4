import { describe, expect, it } from "vitest";
import { openServerStream } from "../../../tests/setup/server-stream.ts";
import { createTestNetwork, createTestServer } from "../../../tests/setup/test-server.ts";
import { followStream } from "../../../tests/setup/test-stream.ts";

/** A room of one.example with ann, sixty of a server that is no process, and after them bob of two.example. */
const openCrowd = async (name: string | undefined) => {
	const network = createTestNetwork();
	const one = await createTestServer("one.example", { network, isStopped: true });
	const two = await createTestServer("two.example", { network, isStopped: true });
	const [ann, bob] = [await one.addPerson("ann"), await two.addPerson("bob")];
	const named = name === undefined ? {} : { name };
	const roomId = await one.rooms.create({
		...{ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [], ...named },
	});
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	await one.rows(
		`INSERT INTO memberships (room_nid, user_id, membership, sender, event_nid, display_name, is_local)
			SELECT m.room_nid, '@r' || n || ':crowd.example', 'join', m.user_id, m.event_nid, 'R' || n, false
			FROM memberships m, generate_series(1, 60) n WHERE m.user_id = $1`,
		[ann],
	);
	await two.join(bob, roomId, { resident: one });
	await one.rows(
		"UPDATE memberships SET display_name = 'Bob B.', avatar_url = 'mxc://two.example/face' WHERE user_id = $1",
		[bob],
	);
	const stream = await openServerStream(one);
	const follower = followStream(stream, ann);
	await follower.until(() => follower.items.length > 0);
	return {
		...{ one, ann, bob, roomId, follower },
		says: async (body: string) => {
			const event = await two.build({ sender: bob, type: "m.room.message", content: { body } }, roomId, { on: one });
			const received = await one.receiving.receive({ roomId, pdu: event.json });
			if (received.kind !== "stored" || received.status !== "accepted") throw new Error(JSON.stringify(received));
			one.bus.publish({ kind: "resync" });
			await follower.until(() => follower.bodies().includes(body));
		},
		last: () => follower.deltas().at(-1),
		[Symbol.asyncDispose]: async () => {
			follower.stop();
			await stream.stop();
			await one[Symbol.asyncDispose]();
			await two[Symbol.asyncDispose]();
		},
	};
};

const face = (userId: string) => ({ userId, displayName: "Bob B.", avatarUrl: "mxc://two.example/face" });

describe("a message of one of very many people of other servers", () => {
	it("carries its writer's name and picture in the row of a room with a name", async () => {
		await using crowd = await openCrowd("Square");
		await crowd.says("hello");
		expect(crowd.last()?.summary?.heroes).toEqual([face(crowd.bob)]);
		expect(crowd.last()?.senders).toBeUndefined();
		await crowd.says("again");
		expect(crowd.last()?.summary?.heroes).toEqual([face(crowd.bob)]);
	});

	it("carries them beside the row where others name the room, and by the name that is theirs now", async () => {
		await using crowd = await openCrowd(undefined);
		const { one, bob, roomId } = crowd;
		await crowd.says("hello");
		expect(crowd.last()?.summary?.heroes).toHaveLength(5);
		expect(crowd.last()?.senders).toEqual([face(bob)]);
		const content = { membership: "join", displayname: "Robert" };
		const event = await one.build({ sender: bob, stateKey: bob, type: "m.room.member", content }, roomId, {
			signedAs: "two.example",
		});
		await one.receiving.receive({ roomId, pdu: event.json });
		await crowd.says("renamed");
		expect(crowd.last()?.senders).toEqual([{ userId: bob, displayName: "Robert" }]);
	});
});
