import { describe, expect, it } from "vitest";
import type { EventId, RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import { fillRooms } from "../../../../../tests/setup/fill-rooms.ts";
import { plansOf, type RecordedStatement, recordingPool } from "../../../../../tests/setup/recorded-statements.ts";
import { createTestDatabase } from "../../../../../tests/setup/test-database.ts";
import { openPrivacy } from "../../../../shared/wire/privacy-choices.ts";
import { createTimeline } from "../../../timeline/public.ts";
import { createTimelineStore } from "./timeline-store.ts";

const viewerId = "@viewer:kith.example" as UserId;
/** `rooms` is small beside these: to read all of it may be right for a person who is in most of them. */
const bigTables = /Seq Scan on (events|event_relations|memberships|receipts|mentions)\b/;

describe("timeline statements", () => {
	it("read along indexes, as planned for their values and for any", async () => {
		await using test = await createTestDatabase();
		const { pool } = test.database;
		await fillRooms(test.database, { viewerId, rooms: 400, messagesPerRoom: 60, membersPerRoom: 8 });
		// Every fourth event is a reaction to, and every fourth an edit of, the one before it.
		await pool.query(`INSERT INTO event_relations (event_nid, target_event_id, kind, key, sender)
			SELECT e.nid, t.event_id, CASE e.nid % 4 WHEN 0 THEN 'reaction' ELSE 'edit' END, 'x', e.sender
			FROM events e JOIN events t ON t.nid = e.nid - 1 WHERE e.nid % 4 IN (0, 2)`);
		await pool.query(`INSERT INTO receipts (room_nid, user_id, is_public, position, message_ordinal, ts, stream_position)
			SELECT room_nid, user_id, true, event_nid, 0, 0, event_nid FROM memberships`);
		await pool.query(`INSERT INTO mentions (room_nid, user_id, position)
			SELECT room_nid, '*', position FROM events WHERE nid % 5 = 0`);
		await pool.query("ANALYZE");
		const statements = new Map<string, RecordedStatement>();
		const timeline = createTimeline({
			store: createTimelineStore(recordingPool(pool, statements)),
			privacyOf: async () => openPrivacy,
		});
		const { rows } = await pool.query(
			"SELECT r.id, e.event_id, e.nid FROM rooms r JOIN events e ON e.room_nid = r.nid ORDER BY e.nid DESC LIMIT 1 OFFSET 30",
		);
		const roomId = rows[0].id as RoomId;
		const head = 400 * 69 + 1;
		await timeline.readWindow(viewerId, { limit: 30, timelineLimit: 10, upTo: head });
		await timeline.readChanges(viewerId, { from: head - 500, to: head, timelineLimit: 20, roomLimit: 100 });
		await timeline.streamReads.recordsBetween(head - 5, head);
		await timeline.readSummaries([viewerId, "@member3:kith.example" as UserId], [1, 2, 3]);
		await timeline.page(viewerId, { roomId, direction: "backwards", limit: 50 });
		await timeline.around(viewerId, { roomId, eventId: rows[0].event_id as EventId, limit: 30 });
		await timeline.readers(viewerId, { roomId, eventId: rows[0].event_id as EventId });
		await timeline
			.page("@stranger:kith.example" as UserId, { roomId, direction: "forwards", limit: 1 })
			.catch(() => undefined);
		await createTimelineStore(recordingPool(pool, statements)).listMembers(1, {
			after: "",
			text: "",
			membership: undefined,
			exceptUserIds: [],
			limit: 5,
		});
		await createTimelineStore(recordingPool(pool, statements)).readEventsByNid([5, 6]);
		expect([...statements.keys()].sort()).toMatchInlineSnapshot(`
			[
			  "find-changed-rooms",
			  "find-moved-receipts",
			  "find-room-access",
			  "find-timeline-event",
			  "find-viewed-rooms",
			  "list-members",
			  "list-rooms",
			  "read-delivered-positions",
			  "read-event-readers",
			  "read-events-by-nid",
			  "read-newest-edits",
			  "read-public-receipts",
			  "read-reaction-tallies",
			  "read-stream-events",
			  "read-stream-head",
			  "read-visibility-marks",
			  "servers-without-event",
			  "walk-backwards-all",
			  "walk-backwards-rows",
			  "walk-forwards-rows",
			]
		`);
		statements.delete("read-stream-head");
		for (const plan of await plansOf(pool, statements.values())) expect(plan).not.toMatch(bigTables);
	});
});
