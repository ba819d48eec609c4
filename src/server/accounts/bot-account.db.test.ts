import { expect, it } from "vitest";
import type { UserId } from "../../../federation/identifiers/identifier-types.ts";
import { createTestAccounts, testPassword } from "../../../tests/setup/test-accounts.ts";

const address = "192.0.2.1";
const deviceName = "Kith assistant";

it("the assistant has an account under the first free name, into which nobody gets and which nobody finds", async () => {
	await using test = await createTestAccounts();
	await test.makeOwner();
	await test.addPerson("assistant");
	const { bot, operator, signIn, searchPeople, resolveSession } = test.accounts;
	const userId = await bot.add({ localparts: ["assistant", "assistant-bot"], displayName: "Assistant" });
	expect(userId).toBe("@assistant-bot:kith.test");
	const taken = bot.add({ localparts: ["assistant", "assistant-bot"], displayName: "Assistant" });
	await expect(taken).rejects.toMatchObject({ code: "username-taken" });
	await expect(operator.resetPassword({ name: userId, password: testPassword })).rejects.toMatchObject({
		code: "forbidden",
	});
	const entering = signIn({ username: userId, password: testPassword, deviceName, address });
	await expect(entering).rejects.toMatchObject({ code: "wrong-credentials" });
	const viewer = await bot.openDevice({ userId, deviceName });
	const found = await searchPeople({ ...viewer, userId: "@olive:kith.test" as UserId }, { text: "assist", limit: 10 });
	expect(found.items.map((person) => person.userId)).toEqual(["@assistant:kith.test"]);
	const second = await bot.openDevice({ userId, deviceName });
	expect(await resolveSession(viewer.sessionId)).toBeUndefined();
	expect(await resolveSession(second.sessionId)).toMatchObject({ userId, isOwner: false });
	await operator.disableAccount(userId);
	expect(await bot.isDisabled(userId)).toBe(true);
	await expect(bot.openDevice({ userId, deviceName })).rejects.toMatchObject({ code: "forbidden" });
	const ofPerson = bot.openDevice({ userId: "@assistant:kith.test" as UserId, deviceName });
	await expect(ofPerson).rejects.toMatchObject({ code: "forbidden" });
});
