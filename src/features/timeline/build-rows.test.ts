import { describe, expect, it } from "vitest";
import type { OutboxItem } from "../../client/outbox/outbox-item.ts";
import type { WireEvent } from "../../shared/wire/event.ts";
import { buildRows, type RowsContext } from "./build-rows.ts";
import { createRowCache, rowReader } from "./read-rows.ts";
import type { RowHead, RowSnapshot } from "./timeline-snapshot.ts";

const noon = new Date(2026, 10, 16, 12, 0).getTime();
const minute = 60_000;
const me = "@me:a";
const lotte = "@lotte:a";
const assistant = "@assistant:a";
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

const everything: RowsContext = { ownUserId: me, isDirect: false, readPosition: undefined, isComplete: true };

function build(events: WireEvent[], extra: Partial<RowsContext> = {}, outbox: OutboxItem[] = []) {
	const context = { ...everything, ...extra };
	const rows = buildRows(events, outbox, context);
	const read = rowReader({
		rows,
		byId: new Map(events.map((event) => [event.eventId, event])),
		cache: createRowCache({
			ownUserId: me,
			botUserId: assistant,
			isDirect: context.isDirect,
			isEncrypted: false,
			names: new Map([[lotte, "Lotte"]]),
			ticks: { progress: { reads: [] }, joinedCount: 2 },
			cameAt: undefined,
			now: noon,
		}),
	});
	return { heads: rows, texts: rows.map((_, index) => read(index)?.text), read };
}

/** One word a row: what begins with it, and its text. */
const shape = ({ heads, texts }: { heads: readonly RowHead[]; texts: readonly (string | undefined)[] }) =>
	heads.map((head, index) => {
		const marks = [
			head.isDayStart && "day",
			head.isUnreadStart && "unread",
			head.isFirst && "first",
			head.isLast && "last",
		];
		return [...marks.filter(Boolean), texts[index]].join(" ");
	});

const messageIn = (row: RowSnapshot | undefined) => (row?.kind === "message" ? row : undefined);

describe("buildRows", () => {
	it("groups what one person says within five minutes", () => {
		const rows = build([
			say(lotte, "a", noon),
			say(lotte, "b", noon + 4 * minute),
			say(me, "c", noon + 5 * minute),
			say(lotte, "d", noon + 6 * minute),
			say(lotte, "e", noon + 12 * minute),
		]);
		expect(shape(rows)).toEqual(["day first a", "last b", "first last c", "first last d", "first last e"]);
	});

	it("begins a new day with a new group", () => {
		const midnight = new Date(2026, 10, 16).getTime();
		const rows = build([say(lotte, "a", midnight - minute), say(lotte, "b", midnight + minute)]);
		expect(shape(rows)).toEqual(["day first last a", "day first last b"]);
	});

	it("puts the divider before the first unread message of somebody else", () => {
		const [a, b, c] = [say(lotte, "a", noon), say(me, "b", noon + minute), say(lotte, "c", noon + minute)];
		const rows = build([a, b, c], { readPosition: a.position });
		expect(shape(rows)).toEqual(["day first last a", "first last b", "unread first last c"]);
		expect(rows.heads.map((head) => head.readTs)).toEqual([undefined, undefined, noon + minute]);
	});

	it("has no divider while the first unread message may be further back", () => {
		const [a, b] = [say(lotte, "a", noon), say(lotte, "b", noon)];
		const hasDivider = (isComplete: boolean) =>
			build([b], { readPosition: a.position.replace(/\d+/, "0"), isComplete }).heads.some((head) => head.isUnreadStart);
		expect(hasDivider(false)).toBe(false);
		expect(hasDivider(true)).toBe(true);
	});

	it("says once who began a group, and nothing of the kind in a direct chat", () => {
		const create = say(me, "", { ts: noon, type: "m.room.create", stateKey: "", content: {} });
		const join = (who: string) =>
			say(who, "", { ts: noon, type: "m.room.member", stateKey: who, content: { membership: "join" } });
		const events = [create, join(me), join(lotte)];
		expect(build(events).texts).toEqual(["me created this chat", "Lotte joined"]);
		expect(build(events, { isDirect: true }).texts).toEqual([]);
	});

	describe("what happens to several people in a row", () => {
		const member = (sender: string, who: string, membership: string) =>
			say(sender, "", { ts: noon, type: "m.room.member", stateKey: who, content: { membership } });
		const names = ["ann", "ben", "cem", "dan", "eva"].map((name) => `@${name}:a`);

		it("is one line, which names a few and counts the rest", () => {
			const of = (count: number) => build(names.slice(0, count).map((one) => member(me, one, "invite"))).texts;
			expect(of(2)).toEqual(["me invited ann and ben"]);
			expect(of(4)).toEqual(["me invited ann, ben, cem and dan"]);
			expect(of(5)).toEqual(["me invited ann, ben, cem and 2 others"]);
			const came = names.slice(0, 3).map((one) => member(one, one, "join"));
			expect(build(came).texts).toEqual(["ann, ben and cem joined"]);
		});

		it("stays apart where another did it, something else happened, or a day is between", () => {
			const [ann = "", ben = "", cem = ""] = names;
			const day = 24 * 60 * minute;
			const events = [
				member(me, ann, "invite"),
				member(lotte, ben, "invite"),
				member(ann, ann, "join"),
				say(ann, "hello", noon),
				member(ben, ben, "join"),
				{ ...member(cem, cem, "join"), originServerTs: noon + day },
				{ ...member(cem, cem, "leave"), originServerTs: noon + day },
			];
			expect(build(events).texts).toEqual([
				...["me invited ann", "Lotte invited ben", "ann joined", "hello", "ben joined", "cem joined", "cem left"],
			]);
		});

		it("keeps the key of its newest when older ones come in above, and is read anew", () => {
			const events = names.slice(0, 3).map((one) => member(one, one, "join"));
			const key = build(events).heads.at(-1)?.key;
			expect(build(events.slice(1)).heads.at(-1)?.key).toBe(key);
			const cache = createRowCache({
				...{ ownUserId: me, botUserId: assistant, isDirect: false, isEncrypted: false, names: new Map(), now: noon },
				ticks: { progress: { reads: [] }, joinedCount: 2 },
				cameAt: undefined,
			});
			const readWith = (some: WireEvent[]) =>
				rowReader({ rows: buildRows(some, [], everything), byId: new Map(), cache })(0);
			expect([readWith(events.slice(1)), readWith(events)]).toMatchObject([
				{ text: "ben and cem joined" },
				{ text: "ann, ben and cem joined" },
			]);
		});
	});

	it("tells what happened to the chat, and leaves out state that says nothing to people", () => {
		const member = say(me, "", { ts: noon, type: "m.room.member", stateKey: lotte, content: { membership: "ban" } });
		const levels = say(me, "", { ts: noon, type: "m.room.power_levels", stateKey: "", content: {} });
		expect(build([member, levels]).texts).toEqual(["me banned Lotte"]);
	});

	it("names a message by sender, time, state and what it answers", () => {
		const asked = say(lotte, "?", noon);
		const answer = say(me, "!", { ts: noon, relatesTo: { eventId: asked.eventId, kind: "reply" }, editedTs: noon });
		const label = messageIn(build([asked, answer]).read(1))?.label;
		expect(label).toMatch(/^You, Today .+, Sent, edited, in reply to Lotte$/);
	});

	it("keeps the key of an own message when it comes back from the server", () => {
		const sending: OutboxItem = {
			transactionId: "t1",
			userId: me,
			roomId: "!r",
			body: "a",
			createdTs: noon,
			state: { kind: "sending" },
		};
		expect(build([], {}, [sending]).heads[0]?.key).toBe("t1");
		expect(build([say(me, "a", { ts: noon, transactionId: "t1" })]).heads[0]?.key).toBe("t1");
	});

	it("shows nothing of a deleted message", () => {
		const gone = say(lotte, "secret", { ts: noon, redactedBy: lotte, content: {} });
		expect(build([gone]).texts).toEqual(["Message deleted"]);
	});

	it("knows who is meant in a message", () => {
		const content = { body: "@me and @Lotte", "m.mentions": { user_ids: [me, 7, lotte] } };
		const mentions = messageIn(build([say(lotte, "", { ts: noon, content })]).read(0))?.mentions;
		expect(mentions?.map((one) => `${one.name} ${one.isOwn}`)).toEqual([
			"me true",
			"me:a true",
			"Lotte false",
			"lotte false",
			"lotte:a false",
		]);
	});

	it("says what the assistant’s words rest on, until they are changed, and nobody else’s", () => {
		const cites = [{ line: 0, event_ids: ["$1"] }];
		const content = { body: "At nine.", msgtype: "m.notice", "kith.cites": cites };
		const told = say(assistant, "", { ts: noon, content });
		const { read } = build([
			told,
			{ ...told, eventId: "$changed", editedTs: noon },
			{ ...told, eventId: "$deleted", redactedBy: me },
			{ ...told, eventId: "$of-lotte", sender: lotte },
			{ ...told, eventId: "$own", sender: me },
		]);
		expect([0, 1, 2, 3, 4].map((index) => messageIn(read(index))?.cites)).toEqual([
			...[cites, undefined, undefined, undefined, undefined],
		]);
	});

	it("reads an unchanged row as the same object, and one whose quoted message changed as another", () => {
		const asked = say(lotte, "?", noon);
		const answer = say(me, "!", { ts: noon, relatesTo: { eventId: asked.eventId, kind: "reply" } });
		const cache = createRowCache({
			ownUserId: me,
			botUserId: assistant,
			isDirect: false,
			isEncrypted: false,
			names: new Map(),
			ticks: { progress: { reads: [] }, joinedCount: 2 },
			cameAt: undefined,
			now: noon,
		});
		const reader = (...events: WireEvent[]) => {
			const byId = new Map(events.map((event) => [event.eventId, event]));
			return rowReader({ rows: buildRows(events, [], everything), byId, cache });
		};
		const first = reader(asked, answer);
		const second = reader({ ...asked, content: { body: "??" } }, answer, say(lotte, "b", noon));
		expect(first(1)).toBe(first(1));
		expect(messageIn(first(1))?.quote?.text).toBe("?");
		expect(messageIn(second(1))?.quote?.text).toBe("??");
		expect(reader(asked)(0)).toBe(first(0));
	});
});
