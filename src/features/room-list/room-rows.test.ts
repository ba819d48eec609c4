import { describe, expect, it } from "vitest";
import type { MessageChange, OutboxChange, OutboxEntry } from "../../client/outbox/outbox-entry.ts";
import { listedRooms } from "../../client/rooms/listed-rooms.ts";
import { emptyEphemeral } from "../../client/store/apply-ephemeral.ts";
import { emptyRoom, type RoomState } from "../../client/store/room-state.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import "../../shared/text/en/chats.ts";
import { createRowReader } from "./room-rows.ts";

const me = "@me:a";
const roomId = "!1";

function said(sender: string): WireEvent {
	const content = { body: "before" };
	return { eventId: "$1", type: "m.room.message", sender, content, originServerTs: 1, position: "1" };
}

function roomWith(lastMessage: WireEvent, extra: Partial<RoomState> = {}): RoomState {
	return {
		...emptyRoom(roomId),
		summary: {
			...{ roomId, kind: "group", name: "Cooks", membership: "join", lastPosition: "1", lastMessage },
			...{ joinedCount: 2, invitedCount: 0, unreadCount: 0, mentionCount: 0 },
			heroes: [{ userId: "@lotte:a", displayName: "Lotte" }],
		},
		...extra,
	};
}

function pending(change: MessageChange, extra: Partial<OutboxChange> = {}): OutboxChange {
	return { transactionId: "t1", userId: me, roomId, createdTs: 5, state: { kind: "queued" }, change, ...extra };
}

const verified: ReadonlySet<string> = new Set(["@lotte:a"]);

function rowOf(room: RoomState, ...outbox: OutboxEntry[]) {
	const context = { ownUserId: me, currentRoomId: undefined, drafts: new Map(), verified, now: 10 };
	const [listed] = listedRooms([room]);
	return listed && createRowReader()(listed, { ...emptyEphemeral, ...context, outbox });
}

describe("the rows of the chat list", () => {
	it("show a change of the last message while it is on its way, and not once it was refused", () => {
		const edit: MessageChange = { kind: "edit", targetEventId: "$1", body: "after" };
		expect(rowOf(roomWith(said(me)), pending(edit))?.preview).toBe("after");
		expect(rowOf(roomWith(said(me)), pending({ kind: "delete", targetEventId: "$1" }))?.preview).toBe(
			"Message deleted",
		);
		const refused = pending(edit, { state: { kind: "failed", code: "forbidden" } });
		expect(rowOf(roomWith(said(me)), refused)?.preview).toBe("before");
		expect(rowOf(roomWith(said(me)), pending({ ...edit, targetEventId: "$2" }))?.preview).toBe("before");
	});

	it("name who wrote last, by what the row itself brought where nothing else is known", () => {
		expect(rowOf(roomWith(said("@lotte:a")))?.previewSender).toBe("Lotte");
		const renamed = { names: new Map([["@lotte:a", "Charlotte"]]) };
		expect(rowOf(roomWith(said("@lotte:a"), renamed))?.previewSender).toBe("Charlotte");
		expect(rowOf(roomWith(said("@cem:a")))?.previewSender).toBe("cem");
	});

	it("show what was written behind it, also while that waits", () => {
		const item: OutboxEntry = { ...pendingMessage("one"), createdTs: 6 };
		expect(rowOf(roomWith(said("@lotte:a")), item, pendingMessage("two"))).toMatchObject({
			preview: "two",
			tick: "queued",
		});
	});

	it("mark the one other person of an encrypted direct chat who was verified, and nobody else", () => {
		const encryption = { algorithm: "m.megolm.v1.aes-sha2", historyVisibility: "shared" } as const;
		const { summary } = roomWith(said("@lotte:a"));
		if (summary === undefined) throw new Error("the room has no summary");
		const marked = (change: Partial<typeof summary>): boolean | undefined =>
			rowOf(roomWith(said("@lotte:a"), { summary: { ...summary, kind: "direct", encryption, ...change } }))?.isVerified;
		const cem = { userId: "@cem:a", displayName: "Cem" };
		expect(marked({})).toBe(true);
		expect(marked({ heroes: [cem] })).toBe(false);
		expect(marked({ heroes: [...summary.heroes, cem] })).toBe(false);
		expect(marked({ encryption: undefined })).toBe(false);
		expect(marked({ kind: "group" })).toBe(false);
	});
});

function pendingMessage(body: string): OutboxEntry {
	return { transactionId: body, userId: me, roomId, body, createdTs: 7, state: { kind: "queued" } };
}
