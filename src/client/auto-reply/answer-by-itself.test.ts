import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { WireEvent } from "../../shared/wire/event.ts";
import type { WireRoomSummary } from "../../shared/wire/room.ts";
import { drafts } from "../drafts/drafts.ts";
import type { OutgoingMessage } from "../outbox/outbox.ts";
import { initialState } from "../store/client-state.ts";
import { clientStore } from "../store/client-store.ts";
import { emptyRoom, emptyTimeline } from "../store/room-state.ts";
import { watchAndAnswer } from "./answer-by-itself.ts";
import { autoReply, noAutoReply, switchOff, switchOn } from "./auto-reply-state.ts";
import type { Incoming, WrittenReply } from "./write-reply.ts";

const [ada, ben, cleo] = ["@ada:a", "@ben:a", "@cleo:a"] as const;
const withBen = "!ben:a";
const withCleo = "!cleo:a";

let leaving: AbortController;
let asked: {
	readonly incoming: Incoming;
	readonly note: string;
	end(reply: WrittenReply): void;
	signal: AbortSignal;
}[];
let sent: OutgoingMessage[];
let count = 0;

beforeEach(() => {
	vi.useFakeTimers({ now: 1_800_000_000_000 });
	const me = { userId: ada, displayName: "Ada", isOwner: false, deviceId: "D", serverName: "a" };
	const rooms = new Map([withBen, withCleo].map((roomId) => [roomId, roomOf(roomId, [])]));
	clientStore.set(() => ({ ...initialState, me, rooms }));
	[asked, sent, leaving] = [[], [], new AbortController()];
	watchAndAnswer(leaving.signal, {
		write: (incoming, note, signal) =>
			new Promise((end) => {
				asked.push({ incoming, note, end, signal });
				signal.addEventListener("abort", () => end({ kind: "stopped" }));
			}),
		send: (message) => void sent.push(message),
	});
});

afterEach(() => {
	leaving.abort();
	autoReply.set(() => noAutoReply);
	drafts.set(() => new Map());
	vi.useRealTimers();
});

const roomOf = (roomId: string, events: readonly WireEvent[]) => ({
	...emptyRoom(roomId),
	summary: { roomId, kind: "direct", membership: "join", heroes: [] } as unknown as WireRoomSummary,
	timeline: { ...emptyTimeline, events },
	names: new Map([
		[ben, "Ben"],
		[cleo, "Cleo"],
	]),
});

/** Somebody's message comes. */
const come = (roomId: string, sender: string, msgtype = "m.text"): void => {
	count += 1;
	const event: WireEvent = {
		...{ eventId: `$${count}`, type: "m.room.message", sender, content: { msgtype, body: `words ${count}` } },
		...{ originServerTs: Date.now(), position: String(count) },
	};
	clientStore.set((state) => {
		const events = [...(state.rooms.get(roomId)?.timeline.events ?? []), event];
		return { ...state, rooms: new Map(state.rooms).set(roomId, roomOf(roomId, events)) };
	});
};
const rest = () => vi.advanceTimersByTimeAsync(3_000);
const written: WrittenReply = { kind: "written", words: "Ada is away." };

describe("answering by itself", () => {
	it("gives one answer to several messages, with the note, marked as automatic, and keeps what it sent", async () => {
		come(withBen, ben);
		switchOn("Away", Date.now() + 1);
		await vi.advanceTimersByTimeAsync(10);
		come(withBen, ben);
		await vi.advanceTimersByTimeAsync(2_000);
		come(withBen, ben);
		await rest();
		expect(asked.map(({ incoming, note }) => [incoming.event.eventId, note])).toEqual([[`$${count}`, "Away"]]);
		asked[0]?.end(written);
		await rest();
		expect(sent).toEqual([
			{ userId: ada, roomId: withBen, body: "Automatic reply (AI): Ada is away.", isAutomatic: true },
		]);
		expect(autoReply.get().sent).toMatchObject([
			{ roomId: withBen, senderId: ben, name: "Ben", words: "Ada is away." },
		]);
		come(withBen, ben);
		come(withCleo, cleo);
		await rest();
		expect(asked.map(({ incoming }) => incoming.roomId)).toEqual([withBen, withCleo]);
	});

	it("stops at once when its person writes, also what is being written", async () => {
		switchOn("Away", Date.now());
		come(withBen, ben);
		await rest();
		come(withCleo, ada);
		expect(autoReply.get()).toMatchObject({ isOn: false, hasWritten: true });
		expect(asked[0]?.signal.aborted).toBe(true);
		asked[0]?.end(written);
		await rest();
		expect(sent).toEqual([]);
		come(withBen, ben);
		await rest();
		expect(asked).toHaveLength(1);
	});

	it("sends nothing into a chat in which its person has begun to write, and goes on in others", async () => {
		switchOn("Away", Date.now());
		come(withBen, ben);
		come(withCleo, cleo);
		await rest();
		drafts.set(() => new Map([[withBen, { text: "I" } as never]]));
		for (const { end } of asked) end(written);
		await rest();
		expect(sent.map(({ roomId }) => roomId)).toEqual([withCleo]);
		expect(autoReply.get().isOn).toBe(true);
	});

	it("sends nothing once it is switched off, and nothing to what is automatic", async () => {
		switchOn("Away", Date.now());
		come(withBen, ben, "m.notice");
		come(withCleo, cleo);
		switchOff();
		await rest();
		expect([asked, sent]).toEqual([[], []]);
	});

	it("says why nothing was written, but not where the assistant is off", async () => {
		switchOn("Away", Date.now());
		come(withBen, ben);
		come(withCleo, cleo);
		await rest();
		asked[0]?.end({ kind: "failed", why: { kind: "call", code: "assistant-off" } });
		await rest();
		expect(autoReply.get().problem).toBeUndefined();
		asked[1]?.end({ kind: "failed", why: { kind: "run", reason: "unreachable" } });
		await rest();
		expect(autoReply.get().problem).toContain("doesn’t answer");
		expect(sent).toEqual([]);
	});
});
