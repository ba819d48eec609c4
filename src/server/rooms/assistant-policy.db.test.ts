import { expect, it } from "vitest";
import type { JsonObject } from "../../../federation/json/json-value.ts";
import { createTestDatabase } from "../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../tests/setup/test-rooms.ts";
import { assistantEventType } from "./assistant-policy.ts";

it("a room's policy is chosen by whoever may, is off where what was chosen is none, and moves with the room", async () => {
	await using test = await createTestDatabase();
	const { rooms, lane, addPerson } = createTestRooms(test.database);
	const [ada, ben] = [await addPerson("ada"), await addPerson("ben")];
	const make = (transactionId: string, encryption: boolean) =>
		rooms.create({ creatorId: ada, transactionId, kind: "group", inviteeIds: [ben], encryption });
	const [roomId, encrypted] = [await make("plain", false), await make("encrypted", true)];
	await rooms.join({ userId: ben, room: roomId });
	expect(await rooms.assistantPolicy(ada, roomId)).toEqual({
		policy: "personal",
		isDefault: true,
		canSet: true,
		isBotHere: false,
		isGreeting: false,
	});
	expect(await rooms.assistantPolicy(ben, roomId)).toMatchObject({ policy: "personal", canSet: false });
	expect(await rooms.assistantPolicy(ada, encrypted)).toMatchObject({ policy: "off", isDefault: true });
	await expect(rooms.assistantPolicy(ben, encrypted)).rejects.toMatchObject({ code: "not-a-member" });
	const byBen = rooms.setAssistantPolicy({ userId: ben, roomId, policy: "bot" });
	await expect(byBen).rejects.toMatchObject({ code: "forbidden" });

	await rooms.setAssistantPolicy({ userId: ada, roomId: encrypted, policy: "personal" });
	const upgrade = { userId: ada, roomId: encrypted, transactionId: "u", version: "12", ownerIds: [] };
	const next = await rooms.upgrade(upgrade);
	expect(await rooms.assistantPolicy(ada, next)).toMatchObject({ policy: "personal", isDefault: false });

	const write = (content: JsonObject) =>
		lane.submit({
			rooms: [roomId],
			users: [ada],
			plan: (context) =>
				void context.room(roomId).add({ type: assistantEventType, stateKey: "", sender: ada, content }),
		});
	for (const content of [{ policy: "everything" }, { policy: ["personal"] }, {}]) {
		await write(content);
		expect(await rooms.assistantPolicy(ada, roomId)).toMatchObject({ policy: "off", isDefault: false });
	}
});
