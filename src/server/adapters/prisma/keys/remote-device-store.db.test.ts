import { expect, it } from "vitest";
import type { UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { createRemoteDeviceStore } from "./remote-device-store.ts";

const ann = "@ann:one.example" as UserId;
const later = Date.now() + 60_000;

it("DEV-22: asks for a list once more when something was missed while it was asked for", async () => {
	await using made = await createTestDatabase();
	const store = createRemoteDeviceStore(made.database.pool);
	await store.follow([ann]);
	const [first] = await store.due(later, 10);
	await store.noteChange(ann);
	const answer = { devices: [], crossSigning: [] };
	await store.putList(ann, { ...answer, streamId: 5, misses: first?.misses ?? 0 });
	expect(await store.listsOf([ann])).toMatchObject([{ streamId: 5, isStale: true }]);
	const [second] = await store.due(later, 10);
	await store.putList(ann, { ...answer, streamId: 6, misses: second?.misses ?? 0 });
	expect(await store.listsOf([ann])).toMatchObject([{ streamId: 6, isStale: false }]);
	expect(await store.due(later, 10)).toEqual([]);
});
