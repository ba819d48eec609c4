import { expect, it } from "vitest";
import type { ServerName, UserId } from "../../../../federation/identifiers/identifier-types.ts";
import { createTestNetwork, createTestServer } from "../../../../tests/setup/test-server.ts";

const present = `SELECT r.joined_count, (SELECT count(*)::int FROM current_state s JOIN events e ON e.nid = s.event_nid
	WHERE s.room_nid = r.nid AND s.type = 'm.room.member' AND e.json::jsonb #>> '{content,membership}' = 'join') AS joined
	FROM rooms r WHERE r.id = $1`;

it("counts whom messages beside the present take out of a room once, however many messages there are", async () => {
	const network = createTestNetwork();
	await using one = await createTestServer("one.example", { network, isStopped: true });
	await using two = await createTestServer("two.example", { network, isStopped: true });
	await using three = await createTestServer("three.example", { network, isStopped: true });
	const ann = await one.addPerson("ann");
	const roomId = await one.rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [] });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "public" });
	const bob = `@bob:${"two.example" as ServerName}` as UserId;
	await two.join(bob, roomId, { resident: one });
	const say = (body: string, before: { readonly eventId: string; readonly depth: number } | undefined) =>
		two.build({ sender: bob, type: "m.room.message", content: { body } }, roomId, {
			on: one,
			...(before === undefined ? {} : { prevEvents: [before as never] }),
		});
	const behind = await say("on top of bob's coming", undefined);
	await three.join("@eve:three.example" as UserId, roomId, { resident: one });
	await one.rooms.setJoinRule({ userId: ann, roomId, joinRule: "invite" });
	expect(await one.rows(present, [roomId])).toEqual([{ joined_count: 3, joined: 3 }]);
	// Whoever knows nothing of eve wrote these: taken together, the two sides do not let her in.
	const next = await say("and after it", behind);
	const last = await say("and after that", next);
	const received = await one.receiving.receiveAll([behind, next, last].map(({ json }) => ({ roomId, pdu: json })));
	expect(received.map(({ kind }) => kind)).toEqual(["stored", "stored", "stored"]);
	expect(await one.rows(present, [roomId])).toEqual([{ joined_count: 2, joined: 2 }]);
});
