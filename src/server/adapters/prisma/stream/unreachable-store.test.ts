import pg from "pg";
import { expect, it } from "vitest";
import { createStreamStore } from "./stream-store.ts";

it("tells callers that the database cannot be reached, and when to come back", async () => {
	// Port 1 is nobody's: connections are refused as those to a stopped PostgreSQL are.
	const store = createStreamStore(new pg.Pool({ host: "127.0.0.1", port: 1 }));
	const calls = [
		store.joinedRoomNid("@ann:kith.test", "!room"),
		store.accountDataOf("@ann:kith.test"),
		store.findAccountData("@ann:kith.test", "type"),
		store.setAccountData({ userId: "@ann:kith.test", type: "type", content: "{}" }, 1),
	];
	for (const call of calls) {
		await expect(call).rejects.toMatchObject({ code: "unavailable", retryAfterMs: expect.any(Number) });
	}
});
