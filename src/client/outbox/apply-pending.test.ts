import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { emptyRoom, emptyTimeline } from "../store/room-state.ts";
import { applyPending } from "./apply-pending.ts";
import type { MessageChange, OutboxChange } from "./outbox-entry.ts";

const me = "@me:a";
const roomId = "!1";
const message: WireEvent = {
	eventId: "$1",
	type: "m.room.message",
	sender: me,
	content: { body: "before" },
	originServerTs: 1,
	position: "1",
	reactions: [{ key: "👍", count: 1 }],
};
const room = { ...emptyRoom(roomId), timeline: { ...emptyTimeline, events: [message] } };

function pending(change: MessageChange, extra: Partial<OutboxChange> = {}): OutboxChange {
	return { transactionId: "t1", userId: me, roomId, createdTs: 5, state: { kind: "queued" }, change, ...extra };
}

const shown = (...entries: OutboxChange[]) => applyPending(room, entries).timeline.events[0];

const targetEventId = "$1";
const key = "👍";

describe("applyPending", () => {
	it("shows the new words of a message", () => {
		expect(shown(pending({ kind: "edit", targetEventId, body: "after" }))).toMatchObject({
			content: { body: "after" },
			editedTs: 5,
		});
	});

	it("shows nothing of a message that is being deleted", () => {
		const deleted = shown(pending({ kind: "delete", targetEventId }));
		expect(deleted).toMatchObject({ content: {}, redactedBy: me });
		expect(deleted).not.toHaveProperty("reactions");
	});

	it("counts a reaction once, and takes it back", () => {
		const react = pending({ kind: "react", targetEventId, key });
		expect(shown(react, react)?.reactions).toEqual([{ key, count: 2, ownEventId: "$t1" }]);
		expect(shown(react, pending({ kind: "unreact", targetEventId, key }))?.reactions).toEqual([{ key, count: 1 }]);
	});

	it("leaves out what was refused, and what is about another room", () => {
		const change: MessageChange = { kind: "edit", targetEventId, body: "after" };
		const refused = pending(change, { state: { kind: "failed", code: "forbidden" } });
		expect(applyPending(room, [refused, pending(change, { roomId: "!2" })])).toBe(room);
	});
});
