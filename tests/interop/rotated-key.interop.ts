import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runKith } from "../setup/run-kith.ts";
import type { KithHomeserver } from "./kith/kith-homeserver.ts";
import { knows, meet, sees } from "./scenario.ts";
import { startTestKiths, type TestKiths } from "./test-kith.ts";

let kiths: TestKiths;

beforeAll(async () => {
	kiths = await startTestKiths(3, { roomVersion: "12" });
});

afterAll(() => kiths[Symbol.asyncDispose]());

const kithAt = (index: number): KithHomeserver => {
	const kith = kiths.all[index];
	if (kith === undefined) throw new Error("three servers were asked for");
	return kith;
};

const keyIdOf = async ({ dataFolder }: KithHomeserver): Promise<string> =>
	(await readFile(join(dataFolder, "signing.key"), "utf8")).split(" ", 2).join(":");

it("a server signs with a new key, and others believe what it says now and what it said before", async () => {
	const [host, guest, later] = [kithAt(0), kithAt(1), kithAt(2)];
	const { ada, ben, roomId } = await meet({ host, guest, version: "12" });
	const before = await ada.send(roomId, "By the first key");
	await sees(ben, roomId, { eventId: before, body: "By the first key" });
	const firstKeyId = await keyIdOf(host);

	await host.stop();
	expect(await runKith(["key", "rotate"], "", { KITH_DATA_DIR: host.dataFolder, DATABASE_URL: "" })).toMatchObject({
		code: 0,
		err: "",
	});
	expect(await keyIdOf(host)).not.toBe(firstKeyId);
	await host.restart();

	const after = await ada.send(roomId, "By the second key");
	await sees(ben, roomId, { eventId: after, body: "By the second key" });
	const answer = await ben.send(roomId, "Read");
	await sees(ada, roomId, { eventId: answer, body: "Read" });

	// Whoever comes now has nothing but the old key's public half to check the room's beginning with.
	const cora = await later.register("cora");
	await ada.invite(roomId, cora.userId);
	await cora.join(roomId, [host.name]);
	await knows(ben, roomId, { who: cora, membership: "join" });
	expect((await cora.members(roomId)).get(ada.userId)).toBe("join");
	const hello = await cora.send(roomId, "Hello");
	await sees(ada, roomId, { eventId: hello, body: "Hello" });
});
