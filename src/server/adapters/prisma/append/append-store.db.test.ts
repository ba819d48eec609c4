import { expect, it } from "vitest";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { createGate } from "../../../../../tests/setup/test-stream.ts";
import { createAppendStore } from "./append-store.ts";

it("takes the stream from a process that holds it and has stopped", async () => {
	await using test = await createTestDatabase();
	const { pool } = test.database;
	const [isHeld, goesOn] = [createGate(), createGate()];
	const stalled = createAppendStore(pool, 300).withStreamLock(async (transaction) => {
		isHeld.open();
		await goesOn.opened;
		await transaction.headPositions([1]);
	});
	await isHeld.opened;
	const position = await createAppendStore(pool).withStreamLock(async (transaction) => transaction.position);
	expect(position).toBe(1);
	goesOn.open();
	await expect(stalled).rejects.toMatchObject({ code: "unavailable" });
	expect((await pool.query("SELECT position FROM stream_head")).rows).toEqual([{ position: 1 }]);
});
