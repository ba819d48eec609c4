import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { withOwnCounts } from "./own-counts.ts";
import { emptyRoom, emptyTimeline, type RoomState } from "./room-state.ts";

const [ann, ben] = ["@ann:a", "@ben:a"];

const say = (position: number, extra: Partial<WireEvent> = {}): WireEvent => ({
	...{ eventId: `$${position}`, type: "m.room.message", sender: ben, content: { body: "hi" } },
	...{ originServerTs: 0, position: `${position}`, ...extra },
});

const room = (events: readonly WireEvent[], summary: Partial<WireRoomSummary> = {}, isComplete = false): RoomState => ({
	...emptyRoom("!r"),
	timeline: { ...emptyTimeline, events, isComplete },
	summary: {
		...{ roomId: "!r", kind: "group", heroes: [], joinedCount: 2, invitedCount: 0, membership: "join" },
		...{ lastPosition: "9", unreadCount: 40, mentionCount: 0, readPosition: "2" },
		encryption: { algorithm: "m.megolm.v1.aes-sha2", historyVisibility: "shared" },
		...summary,
	},
});

const counts = (of: RoomState) => {
	const { summary } = withOwnCounts(of, ann);
	return [summary?.unreadCount, summary?.mentionCount];
};
const mention = { content: { body: "Ann!", "m.mentions": { user_ids: [ann] } } };

describe("the counts of an encrypted room", () => {
	it("are what this device finds behind what was read: others' messages, and mentions", () => {
		const service = say(6, { type: "m.room.member", stateKey: ben });
		const deleted = say(7, { redactedBy: ben });
		expect(counts(room([say(1), say(3), say(4, mention), say(5, { sender: ann }), service, deleted]))).toEqual([2, 1]);
	});

	it("are the server's where what is here does not reach back, but for mentions", () => {
		expect(counts(room([say(30), say(31, mention)]))).toEqual([40, 1]);
	});

	it("are this device's where nothing older exists", () => {
		expect(counts(room([say(30)], {}, true))).toEqual([1, 0]);
	});

	it("are left alone in a room that the server can read", () => {
		const { encryption: _, ...summary } = room([]).summary ?? {};
		const plain = { ...room([say(1), say(3)]), summary: summary as WireRoomSummary };
		expect(withOwnCounts(plain, ann)).toBe(plain);
	});
});
