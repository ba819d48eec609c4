import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import type { WireRoomDelta } from "../../shared/wire/sync.ts";
import { applySyncItem, type ClientState, initialState, withRoom } from "./client-state.ts";
import { selectPictures } from "./known-pictures.ts";
import { mergeOlder } from "./merge-timeline.ts";

const me = "@me:a";
const them = "@them:a";
const signedIn: ClientState = {
	...initialState,
	me: { userId: me, displayName: "Me", isOwner: false, deviceId: "PHONE", serverName: "a" },
};

const emptySummary = {
	roomId: "!r",
	kind: "group",
	joinedCount: 2,
	invitedCount: 0,
	lastPosition: "1",
} as const;

function message(position: number, body: string, extra: Partial<WireEvent> = {}): WireEvent {
	return {
		eventId: `$${position}`,
		type: "m.room.message",
		sender: them,
		content: { body },
		originServerTs: position,
		position: String(position),
		...extra,
	};
}

function relation(position: number, target: string, extra: Partial<WireEvent>): WireEvent {
	const kind = extra.type === "m.reaction" ? "reaction" : extra.type === "m.room.redaction" ? "redaction" : "edit";
	return message(position, "", { ...extra, relatesTo: { eventId: target, kind } });
}

const react = (position: number, target: string, sender = them) =>
	relation(position, target, { type: "m.reaction", sender, content: { "m.relates_to": { key: "👍" } } });
const redact = (position: number, target: string, sender = them) =>
	relation(position, target, { type: "m.room.redaction", sender, content: {} });

function changes(state: ClientState, events: WireEvent[], extra: Partial<WireRoomDelta> = {}): ClientState {
	return applySyncItem(state, {
		kind: "changes",
		rooms: [{ roomId: "!r", events, isLimited: false, ...extra }],
		removedRoomIds: [],
	});
}

function bodies(state: ClientState): unknown[] {
	return (state.rooms.get("!r")?.timeline.events ?? []).map((event) => event.content["body"] ?? null);
}
const first = (state: ClientState) => state.rooms.get("!r")?.timeline.events[0];

describe("applySyncItem", () => {
	it("a start forgets what was there", () => {
		const before = changes(signedIn, [message(1, "old")]);
		const state = applySyncItem(before, { kind: "start", rooms: [], nextCursor: "7" });
		expect(state.rooms.size).toBe(0);
		expect(state.isListReady).toBe(true);
		expect(state.olderRoomsCursor).toBe("7");
	});

	it("puts new events behind the known ones, by value of their positions and each once", () => {
		const state = changes(changes(signedIn, [message(9, "a"), message(10, "b")]), [
			message(10, "b"),
			message(100, "c"),
		]);
		expect(bodies(state)).toEqual(["a", "b", "c"]);
	});

	it("begins anew behind a gap and pages from there", () => {
		const state = changes(changes(signedIn, [message(1, "a")]), [message(50, "x")], {
			isLimited: true,
			olderCursor: "49",
		});
		expect(bodies(state)).toEqual(["x"]);
		expect(state.rooms.get("!r")?.timeline.olderCursor).toBe("49");
	});

	it("drops a room of which nothing was known when it ends", () => {
		const state = applySyncItem(changes(signedIn, []), { kind: "changes", rooms: [], removedRoomIds: ["!r"] });
		expect(state.rooms.size).toBe(0);
	});

	it.each(["leave", "ban"] as const)("keeps what was seen of a room that ended with %s", (membership) => {
		const summary: WireRoomSummary = {
			...emptySummary,
			heroes: [],
			membership: "join",
			unreadCount: 3,
			mentionCount: 1,
		};
		const content = { membership };
		const last = message(2, "", { type: "m.room.member", stateKey: me, content });
		const state = applySyncItem(changes(signedIn, [message(1, "seen")], { summary }), {
			kind: "changes",
			rooms: [{ roomId: "!r", events: [last], isLimited: false }],
			removedRoomIds: ["!r"],
		});
		expect(bodies(state)).toEqual(["seen", null]);
		expect(state.rooms.get("!r")?.summary).toMatchObject({ membership, unreadCount: 0, mentionCount: 0 });
	});

	it("keeps the reads of those who did not move", () => {
		const read = (userId: string, position: string) => ({ userId, position, ts: 0 });
		const one = changes(signedIn, [], { progress: { reads: [read("@x:a", "1"), read("@y:a", "1")] } });
		const two = changes(one, [], { progress: { reads: [read("@x:a", "5")] } });
		expect(two.rooms.get("!r")?.progress.reads).toEqual([read("@x:a", "5"), read("@y:a", "1")]);
	});

	it("learns names and pictures of who wrote from what comes with the message", () => {
		const senders = [{ userId: them, displayName: "Them", avatarUrl: "mxc://a/them" }];
		const after = changes(signedIn, [message(2, "hello")], { senders });
		expect(after.rooms.get("!r")?.names.get(them)).toBe("Them");
		expect(selectPictures(after).get(them)).toBe("mxc://a/them");
		expect(selectPictures(changes(after, [message(3, "again")])).get(them)).toBe("mxc://a/them");
	});

	it("learns names from members and heroes", () => {
		const member = message(1, "", {
			type: "m.room.member",
			stateKey: "@z:a",
			content: { membership: "join", displayname: "Zoe" },
		});
		const summary = { heroes: [{ userId: them, displayName: "Them" }] } as unknown as WireRoomSummary;
		const names = changes(signedIn, [member], { summary }).rooms.get("!r")?.names;
		expect([names?.get("@z:a"), names?.get(them)]).toEqual(["Zoe", "Them"]);
	});
});

describe("relations", () => {
	const start = changes(signedIn, [message(1, "hello")]);

	it("an edit by its writer replaces the text; one by somebody else does not", () => {
		const edit = (sender: string) => relation(5, "$1", { sender, content: { "m.new_content": { body: "changed" } } });
		expect(bodies(changes(start, [edit(them)]))).toEqual(["changed"]);
		expect(bodies(changes(start, [edit(me)]))).toEqual(["hello"]);
	});

	it("what came sealed is changed by a sealed edit alone, once that can be read", () => {
		const seal = { kind: "open", isVouched: true } as const;
		const at = changes(signedIn, [{ ...message(1, "hello"), seal } as WireEvent]);
		const content = { "m.new_content": { body: "changed" } };
		expect(bodies(changes(at, [relation(5, "$1", { content })]))).toEqual(["hello"]);
		const waiting = changes(at, [relation(6, "$1", { type: "m.room.encrypted", content: {} })]);
		expect(bodies(waiting)).toEqual(["hello"]);
		const opened = { ...relation(6, "$1", { content }), seal } as WireEvent;
		expect(bodies(changes(waiting, [opened]))).toEqual(["changed"]);
	});

	it("an older edit that comes late changes nothing", () => {
		const edit = (position: number, body: string) =>
			relation(position, "$1", { content: { "m.new_content": { body } } });
		expect(bodies(changes(changes(start, [edit(9, "new")]), [edit(5, "old")]))).toEqual(["new"]);
	});

	it("reactions add up, a repeated delivery does not, and taking one back takes away one", () => {
		const two = changes(start, [react(2, "$1"), react(3, "$1", me)]);
		expect(first(two)?.reactions).toEqual([{ key: "👍", count: 2, ownEventId: "$3" }]);
		expect(first(changes(two, [react(2, "$1")]))?.reactions?.[0]?.count).toBe(2);
		const one = changes(two, [redact(4, "$3", me)]);
		expect(first(one)?.reactions).toEqual([{ key: "👍", count: 1 }]);
		expect(first(changes(one, [redact(5, "$2")]))?.reactions).toEqual([]);
	});

	it("counts a reaction that comes in one delta with its message", () => {
		expect(first(changes(signedIn, [message(1, "hello"), react(2, "$1")]))?.reactions).toEqual([
			{ key: "👍", count: 1 },
		]);
	});

	it("does not count again what the page had folded in, nor lose it to the bare row", () => {
		const folded = message(1, "hello", { reactions: [{ key: "👍", count: 1 }] });
		const paged = withRoom(signedIn, "!r", (room) => ({
			...room,
			timeline: mergeOlder(room.timeline, { items: [folded], asOf: "2" }),
		}));
		const late = changes(paged, [message(1, "hello"), react(2, "$1")]);
		expect(first(late)?.reactions).toEqual([{ key: "👍", count: 1 }]);
		expect(first(changes(late, [react(3, "$1", "@third:a")]))?.reactions).toEqual([{ key: "👍", count: 2 }]);
	});

	it("a redaction empties a message", () => {
		const event = first(changes(start, [redact(2, "$1")]));
		expect(event).toMatchObject({ content: {}, redactedBy: them });
	});

	it("a redaction of something unknown asks for the page to be read again", () => {
		expect(changes(start, [redact(2, "$unknown")]).rooms.get("!r")?.timeline.isStale).toBe(true);
	});
});

describe("mergeOlder", () => {
	it("puts a page in front and knows the beginning", () => {
		const timeline = changes(signedIn, [message(5, "e")]).rooms.get("!r")?.timeline;
		if (timeline === undefined) throw new Error("the room is there");
		const merged = mergeOlder(timeline, { items: [message(3, "c"), react(4, "$3")], nextCursor: "3", asOf: "5" });
		expect(merged.events.map((event) => event.eventId)).toEqual(["$3", "$5"]);
		expect([merged.olderCursor, merged.isComplete]).toEqual(["3", false]);
		expect(mergeOlder(merged, { items: [], asOf: "5" }).isComplete).toBe(true);
	});
});
