import { describe, expect, it } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import { type AutoReplyState, noAutoReply } from "./auto-reply-state.ts";
import { isOwnWriting, pauseMs, type ReplyContext, refusalOf } from "./reply-rules.ts";

const now = 1_800_000_000_000;
const room = "!direct:a";
const message = (more: Partial<WireEvent> = {}, content: Record<string, unknown> = {}): WireEvent =>
	({
		...{ eventId: "$1", sender: "@ben:a", type: "m.room.message", originServerTs: now - 1000, position: "5" },
		content: { msgtype: "m.text", body: "Are you there?", ...content },
		...more,
	}) as WireEvent;
const on: AutoReplyState = { ...noAutoReply, isOn: true, note: "Away", since: now - 60_000 };
const context = (more: Partial<ReplyContext> = {}): ReplyContext => ({
	...{ now, ownUserId: "@ada:a", roomId: room, state: on, events: [], isWriting: false },
	summary: { kind: "direct", membership: "join" },
	...more,
});
const notice = (sender: string, at: number) => message({ sender, originServerTs: at }, { msgtype: "m.notice" });

describe("a message is answered by itself", () => {
	it("in a chat of two, while it is on, once", () => {
		expect(refusalOf(message(), context())).toBeUndefined();
		expect(refusalOf(message(), context({ state: { ...on, isOn: false } }))).toBe("off");
	});

	it("only if a person wrote words, and it is no edit", () => {
		expect(refusalOf(message({}, { msgtype: "m.notice" }), context())).toBe("automatic");
		expect(refusalOf(message({}, { body: "  " }), context())).toBe("no-words");
		expect(refusalOf(message({ type: "m.room.member" }), context())).toBe("no-words");
		expect(refusalOf(message({}, { msgtype: "m.key.verification.request" }), context())).toBe("no-words");
		expect(refusalOf(message({ redactedBy: "$2" }), context())).toBe("no-words");
		expect(refusalOf(message({}, { "m.relates_to": { rel_type: "m.replace", event_id: "$0" } }), context())).toBe(
			"no-words",
		);
		const reply = { "m.relates_to": { "m.in_reply_to": { event_id: "$0" } } };
		expect(refusalOf(message({}, reply), context())).toBeUndefined();
	});

	it("never in a group, in a chat that is left or goes on elsewhere, or one that is not known", () => {
		const summaries: ReplyContext["summary"][] = [
			{ kind: "group", membership: "join" },
			{ kind: "direct", membership: "leave" },
			{ kind: "direct", membership: "join", replacementRoomId: "!new:a" },
			undefined,
		];
		for (const summary of summaries) expect(refusalOf(message(), context({ summary }))).toBe("not-direct");
	});

	it("never to oneself, to what came before, or to what came while the page was away", () => {
		expect(refusalOf(message({ sender: "@ada:a" }), context())).toBe("own");
		expect(refusalOf(message({ originServerTs: on.since - 1 }), context())).toBe("before");
		const longOn = { ...on, since: now - 10 * pauseMs };
		expect(refusalOf(message({ originServerTs: now - 121_000 }), context({ state: longOn }))).toBe("late");
	});

	it("never to somebody who answers by themselves, be it a bot or a person who is away", () => {
		expect(refusalOf(message(), context({ events: [notice("@ben:a", now - 5 * pauseMs)] }))).toBe("bot");
		expect(refusalOf(message(), context({ events: [notice("@ben:a", now - 6 * pauseMs)] }))).toBeUndefined();
	});

	it("at most once for a sender and room within four hours, also where another device did", () => {
		const sent = [{ roomId: room, senderId: "@ben:a", name: "Ben", at: now - pauseMs + 1, words: "x" }];
		expect(refusalOf(message(), context({ state: { ...on, sent } }))).toBe("answered");
		const later = sent.map((one) => ({ ...one, at: now - pauseMs }));
		expect(refusalOf(message(), context({ state: { ...on, sent: later } }))).toBeUndefined();
		const elsewhere = sent.map((one) => ({ ...one, roomId: "!other:a" }));
		expect(refusalOf(message(), context({ state: { ...on, sent: elsewhere } }))).toBeUndefined();
		expect(refusalOf(message(), context({ events: [notice("@ada:a", now - 1000)] }))).toBe("answered");
		expect(refusalOf(message(), context({ events: [notice("@ada:a", now - pauseMs)] }))).toBeUndefined();
	});

	it("never while the person writes in the chat", () => {
		expect(refusalOf(message(), context({ isWriting: true }))).toBe("writing");
	});
});

it("what the person writes ends it, on any device; what is written for them does not", () => {
	const own = { ownUserId: "@ada:a", state: on };
	expect(isOwnWriting(message({ sender: "@ada:a" }), own)).toBe(true);
	expect(isOwnWriting(message({ sender: "@ada:a" }, { msgtype: "m.image" }), own)).toBe(true);
	expect(isOwnWriting(notice("@ada:a", now), own)).toBe(false);
	expect(isOwnWriting(message(), own)).toBe(false);
	expect(isOwnWriting(message({ sender: "@ada:a", originServerTs: on.since - 1 }), own)).toBe(false);
	expect(isOwnWriting(message({ sender: "@ada:a", type: "m.reaction" }), own)).toBe(false);
});
