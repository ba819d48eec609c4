import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { countOfEmojiOnly } from "./build-message.ts";
import { buildTimeline } from "./build-timeline.ts";
import type { DaySnapshot } from "./timeline-snapshot.ts";

const noon = new Date(2026, 10, 16, 12, 0).getTime();
const minute = 60_000;
const me = "@me:a";
const lotte = "@lotte:a";
let position = 0;

function say(sender: string, body: string, at: number | (Partial<WireEvent> & { ts: number })): WireEvent {
	const { ts, ...extra } = typeof at === "number" ? { ts: at } : at;
	position += 1;
	const content = { body };
	return {
		eventId: `$${position}`,
		type: "m.room.message",
		sender,
		content,
		originServerTs: ts,
		position: `${position}`,
		...extra,
	};
}

function build(events: WireEvent[], extra: Partial<Parameters<typeof buildTimeline>[2]> = {}) {
	return buildTimeline(events, [], {
		ownUserId: me,
		isDirect: false,
		names: new Map([[lotte, "Lotte"]]),
		ticks: { progress: { reads: [] }, joinedCount: 2 },
		readPosition: undefined,
		now: noon,
		...extra,
	});
}

const shape = (days: readonly DaySnapshot[]) =>
	days.map((day) =>
		day.entries.map((entry) => (entry.kind === "group" ? entry.messages.map((one) => one.text) : entry.kind)),
	);

describe("buildTimeline", () => {
	it("groups what one person says within five minutes", () => {
		const days = build([
			say(lotte, "a", noon),
			say(lotte, "b", noon + 4 * minute),
			say(me, "c", noon + 5 * minute),
			say(lotte, "d", noon + 6 * minute),
			say(lotte, "e", noon + 12 * minute),
		]);
		expect(shape(days)).toEqual([[["a", "b"], ["c"], ["d"], ["e"]]]);
	});

	it("begins a new day with a new group", () => {
		const midnight = new Date(2026, 10, 16).getTime();
		const days = build([say(lotte, "a", midnight - minute), say(lotte, "b", midnight + minute)]);
		expect(days.map((day) => day.label)).toEqual(["Yesterday", "Today"]);
		expect(shape(days)).toEqual([[["a"]], [["b"]]]);
	});

	it("puts the divider before the first unread message of somebody else", () => {
		const [a, b, c] = [say(lotte, "a", noon), say(me, "b", noon), say(lotte, "c", noon)];
		expect(shape(build([a, b, c], { readPosition: a.position }))).toEqual([[["a"], ["b"], "unread", ["c"]]]);
	});

	it("says once who began a group, and nothing of the kind in a direct chat", () => {
		const create = say(me, "", { ts: noon, type: "m.room.create", stateKey: "", content: {} });
		const join = (who: string) =>
			say(who, "", { ts: noon, type: "m.room.member", stateKey: who, content: { membership: "join" } });
		const events = [create, join(me), join(lotte)];
		const texts = (isDirect: boolean) =>
			build(events, { isDirect }).flatMap((day) => day.entries.map((entry) => entry.kind === "service" && entry.text));
		expect(texts(false)).toEqual(["me created this chat", "Lotte joined"]);
		expect(texts(true)).toEqual([]);
	});

	it("tells what happened to the chat, and leaves out state that says nothing to people", () => {
		const member = say(me, "", { ts: noon, type: "m.room.member", stateKey: lotte, content: { membership: "ban" } });
		const levels = say(me, "", { ts: noon, type: "m.room.power_levels", stateKey: "", content: {} });
		const [day] = build([member, levels]);
		expect(day?.entries).toEqual([expect.objectContaining({ kind: "service", text: "me banned Lotte" })]);
	});

	it("names a message by sender, time, state and what it answers", () => {
		const asked = say(lotte, "?", noon);
		const answer = say(me, "!", { ts: noon, relatesTo: { eventId: asked.eventId, kind: "reply" }, editedTs: noon });
		const [, group] = build([asked, answer])[0]?.entries ?? [];
		const label = group?.kind === "group" ? group.messages[0]?.label : undefined;
		expect(label).toMatch(/^You, Today .+, Sent, edited, in reply to Lotte$/);
	});

	it("keeps the key of an own message when it comes back from the server", () => {
		const mine = say(me, "a", { ts: noon, transactionId: "t1" });
		const [group] = build([mine])[0]?.entries ?? [];
		expect(group?.kind === "group" && group.messages[0]?.key).toBe("t1");
	});

	it("shows nothing of a deleted message", () => {
		const gone = say(lotte, "secret", { ts: noon, redactedBy: lotte, content: {} });
		expect(shape(build([gone]))).toEqual([[["Message deleted"]]]);
	});
});

describe("countOfEmojiOnly", () => {
	it.each([
		["🎉", 1],
		["👩‍👩‍👧 ❤️", 2],
		["🇩🇪👍🏽😂", 3],
		["👍👍👍👍", 0],
		["ok 👍", 0],
		["12", 0],
		["", 0],
	])("%s → %i", (body, count) => {
		expect(countOfEmojiOnly(body)).toBe(count);
	});
});
