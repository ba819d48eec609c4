import { expect, it } from "vitest";
import { startEchoBot } from "../../docs/examples/echo-bot.ts";
import type { UserId } from "../../federation/identifiers/identifier-types.ts";
import { getContainer } from "../../src/server/running-container.ts";
import { createTestAccounts, testPassword, testServerName } from "../setup/test-accounts.ts";
import { createTestHost } from "../setup/test-host.ts";
import { startTestWebServer } from "../setup/test-web-server.ts";

const ann = `@ann:${testServerName}` as UserId;
const bot = `@pong:${testServerName}` as UserId;

it("the example bot signs in, listens and answers", async () => {
	await using test = await createTestAccounts();
	for (const localpart of ["ann", "pong"]) await test.addPerson(localpart);
	await using _host = await createTestHost(test);
	const { rooms, messages, timeline } = getContainer();
	await using server = await startTestWebServer(getContainer());
	const roomId = await rooms.create({ creatorId: ann, transactionId: "t", kind: "group", inviteeIds: [bot] });
	await rooms.join({ userId: bot, room: roomId });
	const stop = await startEchoBot({ origin: server.origin, username: "pong", password: testPassword });
	await messages.send({ userId: ann, roomId, transactionId: "1", body: "ping" });
	const answers = async () => {
		const { items } = await timeline.page(ann, { roomId, direction: "backwards", limit: 20 });
		return items.filter(({ sender, content }) => sender === bot && content["body"] === "pong").length;
	};
	await expect.poll(answers, { timeout: 10_000 }).toBe(1);
	stop();
	await expect(startEchoBot({ origin: server.origin, username: "pong", password: "a wrong password" })).rejects.toThrow(
		"refused",
	);
});
