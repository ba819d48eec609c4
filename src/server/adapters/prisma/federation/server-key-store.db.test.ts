import { expect, it } from "vitest";
import type { KeyId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ServerKey } from "../../../../../federation/signing/key-validity.ts";
import { keyId, serverName } from "../../../../../federation/testing/identifiers.ts";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { createServerKeyStore } from "./server-key-store.ts";

const mapOf = (entries: readonly (readonly [KeyId, ServerKey])[]) => new Map(entries);

const publicKey = new Uint8Array(32).fill(255);
const current: ServerKey = { kind: "current", publicKey, validUntilTs: Number.MAX_SAFE_INTEGER, receivedTs: 9 };
const old: ServerKey = { kind: "old", publicKey: new Uint8Array(32), expiredTs: 7 };

it("keeps keys of both kinds, by server, and puts new ones in the place of those of the same id", async () => {
	await using made = await createTestDatabase();
	const store = createServerKeyStore(made.database.pool);
	const [one, two] = [serverName("one.example"), serverName("two.example")];
	const [a, b] = [keyId("ed25519:a"), keyId("ed25519:b")];
	expect(await store.load(one)).toEqual(new Map());
	await store.save(
		one,
		mapOf([
			[a, current],
			[b, old],
		]),
	);
	await store.save(two, mapOf([[a, old]]));
	expect(await store.load(one)).toEqual(
		mapOf([
			[a, current],
			[b, old],
		]),
	);
	await store.save(one, mapOf([[a, { ...old, expiredTs: 8 }]]));
	await store.save(one, new Map());
	expect(await store.load(one)).toEqual(
		mapOf([
			[a, { ...old, expiredTs: 8 }],
			[b, old],
		]),
	);
	expect(await store.load(two)).toEqual(mapOf([[a, old]]));
});

it("takes the same keys from several at once", async () => {
	await using made = await createTestDatabase();
	const store = createServerKeyStore(made.database.pool);
	const one = serverName("one.example");
	const ids = Array.from({ length: 40 }, (_, index) => keyId(`ed25519:${index}`));
	const keys = ids.map((id) => [id, current] as const);
	await Promise.all(
		Array.from({ length: 8 }, (_, round) => store.save(one, mapOf(round % 2 === 0 ? keys : [...keys].reverse()))),
	);
	expect((await store.load(one)).size).toBe(40);
});
