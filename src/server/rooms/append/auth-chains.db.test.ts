import { describe, expect, it } from "vitest";
import { stateMapKey } from "../../../../federation/events/state-key.ts";
import type { EventId } from "../../../../federation/identifiers/identifier-types.ts";
import { AuthChainIndex } from "../../../../federation/state-resolution/auth-chain-index.ts";
import { createTestDatabase } from "../../../../tests/setup/test-database.ts";
import { createTestRooms } from "../../../../tests/setup/test-rooms.ts";

describe("auth chains of appended events", () => {
	it("restore an index that reaches what a walk along auth_events reaches", async () => {
		await using test = await createTestDatabase();
		const kith = createTestRooms(test.database, "11");
		const people = await Promise.all(["a", "b", "c", "d"].map((name) => kith.addPerson(name)));
		const [owner, ...others] = people as [never, never, never, never];
		const roomId = await kith.rooms.create({ creatorId: owner, transactionId: "t", kind: "group", inviteeIds: others });
		for (const userId of others) {
			await kith.rooms.join({ userId, room: roomId });
			await kith.rooms.setRole({ userId: owner, roomId, targetId: userId, role: "moderator" });
			await kith.rooms.setTopic({ userId, roomId, topic: `by ${userId}` });
			await kith.rooms.leave({ userId, roomId });
		}
		const { rows } = await test.database.pool.query(
			"SELECT e.event_id, e.type, e.state_key, e.json, c.chain_id, c.sequence FROM events e JOIN auth_chain_entries c ON c.event_nid = e.nid ORDER BY e.nid",
		);
		const { rows: links } = await test.database.pool.query("SELECT * FROM auth_chain_links");
		const index = AuthChainIndex.fromRows(
			rows.map((row) => ({
				eventId: row.event_id,
				chain: row.chain_id,
				sequence: row.sequence,
				key: stateMapKey(row.type, row.state_key),
			})),
			links.map((row) => ({
				fromChain: row.from_chain,
				fromSequence: row.from_sequence,
				toChain: row.to_chain,
				toSequence: row.to_sequence,
			})),
		);
		const authEvents = new Map<EventId, readonly EventId[]>(
			rows.map((row) => [row.event_id, JSON.parse(row.json).auth_events]),
		);
		for (const start of authEvents.keys()) {
			const walked = new Set<EventId>();
			const walk = (eventId: EventId): void => {
				if (walked.has(eventId)) return;
				walked.add(eventId);
				for (const next of authEvents.get(eventId) ?? []) walk(next);
			};
			walk(start);
			const reached = [...index.reach([start])].flatMap(([chain, sequence]) => index.eventsBetween(chain, 0, sequence));
			expect(new Set(reached)).toEqual(walked);
		}
	});
});
