import { expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { EngineSuperseded } from "../../../assistant/public.ts";
import { createSnapshotSource } from "../backup/snapshot-source.ts";
import { createBotStore } from "./bot-store.ts";

const userId = "@assistant:kith.test" as UserId;
const value = (text: string): Uint8Array => Buffer.from(text);

const open = async () => {
	const test = await createTestDatabase();
	const store = createBotStore(test.database.pool);
	await store.add(userId);
	const kept = async (): Promise<readonly string[]> =>
		(await store.open(userId)).records.map((one) => `${one.table} ${one.key} ${Buffer.from(one.value)}`).sort();
	return { store, kept, pool: test.database.pool, [Symbol.asyncDispose]: () => test[Symbol.asyncDispose]() };
};

it("keeps what an engine changed, in its order", async () => {
	await using test = await open();
	const { generation } = await test.store.open(userId);
	await test.store.keep({ userId, generation }, [
		{ kind: "put", table: "a", key: "1", value: value("old") },
		{ kind: "put", table: "a", key: "2", value: value("gone") },
		{ kind: "put", table: "b", key: "1", value: value("stays") },
	]);
	await test.store.keep({ userId, generation }, [
		{ kind: "put", table: "c", key: "1", value: value("before it was cleared") },
		{ kind: "clear", table: "c" },
		{ kind: "put", table: "c", key: "2", value: value("after") },
		{ kind: "remove", table: "a", key: "2" },
		{ kind: "put", table: "a", key: "1", value: value("new") },
		{ kind: "put", table: "a", key: "3", value: value("short") },
		{ kind: "remove", table: "a", key: "3" },
	]);
	expect(await test.kept()).toEqual(["a 1 new", "b 1 stays", "c 2 after"]);
});

it("has no key of an engine in a backup, and everything else", async () => {
	await using test = await open();
	const { generation } = await test.store.open(userId);
	await test.store.keep({ userId, generation }, [{ kind: "put", table: "a", key: "1", value: value("a key") }]);
	const names = await createSnapshotSource(test.pool).withSnapshot(async ({ tables }) =>
		tables.map(({ name }) => name),
	);
	expect(names).toContain("assistant_bots");
	expect(names).not.toContain("assistant_bot_records");
});

it("keeps nothing of an engine behind which another one was opened", async () => {
	await using test = await open();
	const first = await test.store.open(userId);
	const second = await test.store.open(userId);
	const put = { kind: "put", table: "a", key: "1", value: value("late") } as const;
	await expect(test.store.keep({ userId, generation: first.generation }, [put])).rejects.toThrow(EngineSuperseded);
	await test.store.keep({ userId, generation: second.generation }, [{ ...put, value: value("its own") }]);
	expect(await test.kept()).toEqual(["a 1 its own"]);
});

it("has another device, of which nothing is kept, and remembers its account, its identity, its place and its rooms", async () => {
	await using test = await open();
	const { store } = test;
	const { generation } = await store.open(userId);
	await store.keep({ userId, generation }, [
		{ kind: "put", table: "a", key: "1", value: value("of the first device") },
	]);
	await store.setIdentity(userId, Uint8Array.of(1, 2, 3));
	await store.setPosition(userId, 7);
	await store.beginDevice(userId, "session");
	await store.add(userId);
	expect(await store.find()).toEqual({
		...{ userId, sessionId: "session", streamPosition: 7 },
		sealedIdentity: Buffer.from([1, 2, 3]),
	});
	expect(await test.kept()).toEqual([]);
	await store.noteJoined("!a:kith.test" as RoomId, 3);
	await store.noteJoined("!a:kith.test" as RoomId, 9);
	await store.noteJoined("!b:kith.test" as RoomId, 4);
	await store.forgetRoom("!b:kith.test" as RoomId);
	expect(await store.rooms()).toEqual([{ roomId: "!a:kith.test", joinedPosition: 9, digestAt: undefined }]);
	await store.noteDigest("!a:kith.test" as RoomId, 1_800_000_000_000);
	expect(await store.rooms()).toMatchObject([{ digestAt: 1_800_000_000_000 }]);
	await store.noteJoined("!a:kith.test" as RoomId, 12);
	expect(await store.rooms()).toMatchObject([{ joinedPosition: 12, digestAt: undefined }]);
	await store.beginDevice(userId, undefined);
	expect((await store.find())?.sessionId).toBeUndefined();
});
