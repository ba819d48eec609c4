import { describe, expect, it } from "vitest";
import type { RoomId, UserId } from "../../../../../federation/identifiers/identifier-types.ts";
import type { ReadEvent } from "../open-events.ts";
import { createSeenMessages } from "../seen-messages.ts";
import { createListener } from "./listen.ts";

const roomId = "!garden:kith.example" as RoomId;
const ownId = "@assistant:kith.example" as UserId;
const now = 1_800_000_000_000;
const mention = { "m.mentions": { user_ids: [ownId] } };

const event = (over: Partial<ReadEvent> = {}, more: Readonly<Record<string, unknown>> = {}): ReadEvent => ({
	...{ eventId: "$1", type: "m.room.message", sender: "@ann:kith.example", at: now, isVouched: true },
	...{ content: { msgtype: "m.text", body: "hello", ...more }, relation: undefined, ...over },
});

const listen = () => {
	const asked: string[] = [];
	const seen = createSeenMessages();
	const onAsked = (_: RoomId, __: ReadEvent, body: string) => void asked.push(body);
	return { asked, seen, ...createListener({ ownId, seen, clock: { now: () => now }, onAsked }) };
};

describe("listening in a room", () => {
	it("answers a mention and a reply to its own words, and remembers everything else without a word", () => {
		const { hear, noteOwn, asked, seen } = listen();
		hear(roomId, event(), false);
		hear(roomId, event({ eventId: "$2" }, { body: "hey you", ...mention }), false);
		noteOwn("$own", "$2");
		hear(roomId, event({ eventId: "$3", relation: { kind: "reply", eventId: "$own" } }, { body: "and why?" }), false);
		hear(roomId, event({ eventId: "$4", relation: { kind: "reply", eventId: "$1" } }, { body: "no" }), false);
		expect(asked).toEqual(["hey you", "and why?"]);
		expect(seen.of(roomId).map(({ body }) => body)).toEqual(["hello", "hey you", "and why?", "no"]);
	});

	it("knows answers to what it said before this process began", () => {
		const { hear, asked } = listen();
		hear(roomId, event({ eventId: "$own", sender: ownId }, { msgtype: "m.notice" }), true);
		hear(roomId, event({ eventId: "$2", relation: { kind: "reply", eventId: "$own" } }, { body: "why?" }), false);
		expect(asked).toEqual(["why?"]);
	});

	it.each([
		["a bot, or anything that answers by itself", event({}, { msgtype: "m.notice", ...mention }), false],
		["what is old by its own clock", event({ at: now - 700_000 }, mention), false],
		["itself", event({ sender: ownId }, mention), false],
		["what nobody vouches for", event({ isVouched: false }, mention), false],
		["a picture", event({}, { msgtype: "m.image", ...mention }), false],
		["an edit", event({ relation: { kind: "edit", eventId: "$0" } }, { "m.new_content": mention, ...mention }), false],
		["a mention that is none", event({}, { "m.mentions": { user_ids: ownId } }), false],
		["a reaction", event({ type: "m.reaction" }, mention), false],
	])("does not answer %s", (_, heard, isOld) => {
		const { hear, asked } = listen();
		hear(roomId, heard, isOld);
		expect(asked).toEqual([]);
	});

	it("is asked what was written a short while ago when it was not there, once all of that was heard, and knows its answers", () => {
		const { hear, hasAnswered, askAgain, asked } = listen();
		hear(roomId, event({ eventId: "$long", at: now - 700_000 }, { body: "long ago", ...mention }), true);
		hear(roomId, event({}, { body: "and now?", ...mention }), true);
		hear(roomId, event({ eventId: "$2" }, { body: "still there?", ...mention }), true);
		const reply = { kind: "reply", eventId: "$1" } as const;
		hear(roomId, event({ eventId: "$own", sender: ownId, relation: reply }, { msgtype: "m.notice" }), true);
		expect(asked).toEqual([]);
		askAgain(roomId);
		askAgain(roomId);
		expect(asked).toEqual(["and now?", "still there?"]);
		expect(["$1", "$2"].map(hasAnswered)).toEqual([true, false]);
	});

	it("remembers nothing that nobody vouches for, and forgets what was deleted", () => {
		const { hear, seen } = listen();
		hear(roomId, event({ isVouched: false }), false);
		hear(roomId, event({ eventId: "$2" }), false);
		hear(roomId, event({ type: "m.room.redaction", relation: { kind: "redaction", eventId: "$2" } }), false);
		expect(seen.of(roomId)).toEqual([]);
	});
});
