import { expect, it } from "vitest";
import type { EventId, RoomId, ServerName } from "../../../../../federation/identifiers/identifier-types.ts";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { createTransactionStore } from "./transaction-store.ts";

const [crowded, calm] = ["!crowded:one.example", "!calm:two.example"] as RoomId[];

it("lets a room with thousands of waiting events hold up no other, and keeps the order within each", async () => {
	await using test = await createTestDatabase();
	const transactions = createTransactionStore(test.database.pool);
	const put = (origin: string, roomId: RoomId | undefined, count: number) =>
		transactions.store({
			...{ origin: origin as ServerName, txnId: "t", answer: "{}", receivedAt: 1_000 },
			pdus: Array.from({ length: count }, (_, at) => ({
				roomId: roomId as RoomId,
				eventId: `$${origin}-${at}` as EventId,
				json: "{}",
			})),
		});
	await put("one.example", crowded, 2_000);
	await put("two.example", calm, 2);
	const due = await transactions.due({ now: 2_000, limit: 1_000 });
	const of = (roomId: RoomId | undefined) => due.filter((waiting) => waiting.roomId === roomId);
	expect(of(calm).map(({ eventId }) => eventId)).toEqual(["$two.example-0", "$two.example-1"]);
	expect(of(crowded).map(({ eventId }) => eventId)).toEqual(
		Array.from({ length: 200 }, (_, at) => `$one.example-${at}`),
	);
	expect(due.slice(0, 22)).toEqual(expect.arrayContaining([...of(calm)]));
	const [first] = due;
	const others = await transactions.due({ now: 2_000, limit: 1_000, withoutRooms: first ? [first.roomId] : [] });
	expect(others.map(({ roomId }) => roomId)).toEqual([calm, calm]);
	expect(await transactions.due({ now: 999, limit: 1_000 })).toEqual([]);
});
