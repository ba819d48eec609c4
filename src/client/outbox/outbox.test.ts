import { TRPCClientError } from "@trpc/client";
import { beforeEach, describe, expect, it } from "vitest";
import { Outbox, type OutboxNews, type SentReceipt } from "./outbox.ts";
import { isMessage, type OutboxEntry } from "./outbox-entry.ts";

const me = "@me:a";

function refusal(code: string, extra: { retryAfterMs?: number } = {}) {
	const data = { code: "X", kith: { code, ...extra } };
	return TRPCClientError.from({ error: { code: -32000, message: code, data } });
}

/** A browser with a disk and locks, and a server: what it answers next, and what it has got. */
function world() {
	const disk = new Map<string, OutboxEntry>();
	const sent: string[] = [];
	/** What was done with, by the window that was opened first, second and so on. */
	const ended: string[] = [];
	const answers: (Error | "hang")[] = [];
	const timers: (() => void)[] = [];
	const windows = new Set<Outbox>();
	const waiting = new Map<string, Promise<void>>();
	/** Whose turns never come. */
	const heldRooms = new Set<string>();
	const answered = new Map<string, SentReceipt>();
	let count = 0;
	const receive = (entry: OutboxEntry): SentReceipt => {
		const known = answered.get(entry.transactionId);
		if (known !== undefined) return known;
		sent.push(`${entry.roomId}:${isMessage(entry) ? entry.body : entry.change.kind}`);
		const receipt = { eventId: `$${entry.transactionId}`, position: `${sent.length}`, originServerTs: 1 };
		answered.set(entry.transactionId, receipt);
		return receipt;
	};
	/** Opens a window; the answer closes it: it does nothing more, and its turns pass on. */
	const openWindow = () => {
		let close: () => void = () => undefined;
		const closed = new Promise<void>((resolve) => {
			close = resolve;
		});
		const name = windows.size + 1;
		const outbox: Outbox = new Outbox({
			storage: {
				load: async () => [...disk.values()],
				save: async (entry) => void disk.set(entry.transactionId, entry),
				remove: async (id) => void disk.delete(id),
			},
			transmit: async (entry) => {
				const answer = answers.shift();
				if (answer === "hang") return new Promise<SentReceipt>(() => undefined);
				if (answer !== undefined) throw answer;
				return receive(entry);
			},
			ended: ({ transactionId }) => void ended.push(`${name}:${transactionId}`),
			inTurn: async (roomId, work) => {
				const before = heldRooms.has(roomId) ? new Promise<void>(() => undefined) : waiting.get(roomId);
				const turn = Promise.resolve(before).then(() =>
					windows.has(outbox) ? Promise.race([work(), closed]) : undefined,
				);
				waiting.set(roomId, turn);
				await turn;
			},
			announce: (news: OutboxNews) => {
				const copy = structuredClone(news);
				queueMicrotask(() => {
					for (const other of windows) if (other !== outbox) other.hear(copy);
				});
			},
			newId: () => `t${count++}`,
			now: () => count,
			later: (callback) => void timers.push(callback),
		});
		windows.add(outbox);
		return {
			outbox,
			close: () => {
				windows.delete(outbox);
				close();
			},
		};
	};
	return { disk, sent, ended, answers, timers, heldRooms, openWindow };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const statesOf = (outbox: Outbox) => outbox.items.get().map((entry) => entry.state.kind);

describe("Outbox", () => {
	let w: ReturnType<typeof world>;
	let outbox: Outbox;
	let close: () => void;
	const states = () => statesOf(outbox);

	beforeEach(() => {
		w = world();
		({ outbox, close } = w.openWindow());
		outbox.open();
	});

	it("sends a room's messages one after the other, in order", async () => {
		for (const body of ["a", "b", "c"]) outbox.add({ userId: me, roomId: "!1", body });
		await settle();
		expect(w.sent).toEqual(["!1:a", "!1:b", "!1:c"]);
		expect(states()).toEqual(["stored", "stored", "stored"]);
	});

	it("remembers of a message that no person wrote it, and of no other", () => {
		outbox.add({ userId: me, roomId: "!1", body: "a", isAutomatic: true });
		outbox.add({ userId: me, roomId: "!1", body: "b" });
		expect(outbox.items.get().map((item) => isMessage(item) && item.isAutomatic)).toEqual([true, undefined]);
	});

	it("keeps what is stored until the stream has come that far", async () => {
		for (const body of ["a", "b"]) outbox.add({ userId: me, roomId: "!1", body });
		await settle();
		outbox.settle("1", new Set());
		expect(states()).toEqual(["stored"]);
		expect([...w.disk.keys()]).toEqual(["t1"]);
		outbox.settle("2", new Set());
		expect(states()).toEqual([]);
		expect(w.disk.size).toBe(0);
	});

	it("says once in each window that an entry is done with: it was sent and seen, or given up in any of them", async () => {
		w.openWindow();
		w.answers.push("hang");
		for (const body of ["a", "b"]) outbox.add({ userId: me, roomId: `!${body}`, body });
		await settle();
		expect(w.ended).toEqual([]);
		outbox.settle("1", new Set());
		outbox.remove("t0");
		outbox.remove("t0");
		await settle();
		expect(w.ended.toSorted()).toEqual(["1:t0", "1:t1", "2:t0"]);
	});

	it("keeps the order while nobody answers, and tries again later", async () => {
		w.answers.push(new TypeError("no network"));
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		outbox.add({ userId: me, roomId: "!1", body: "b" });
		await settle();
		expect(w.sent).toEqual([]);
		expect(states()).toEqual(["queued", "queued"]);
		expect(w.timers).toHaveLength(1);
		w.timers[0]?.();
		await settle();
		expect(w.sent).toEqual(["!1:a", "!1:b"]);
	});

	it("sends nothing before the server has said who is signed in", async () => {
		const early = w.openWindow().outbox;
		early.add({ userId: me, roomId: "!2", body: "a" });
		early.flush();
		outbox.close();
		await settle();
		expect(statesOf(early)).toEqual(["queued"]);
		expect(w.sent).toEqual([]);
	});

	it("a slow room does not hold up another", async () => {
		w.answers.push("hang");
		outbox.add({ userId: me, roomId: "!1", body: "slow" });
		outbox.add({ userId: me, roomId: "!2", body: "quick" });
		await settle();
		expect(w.sent).toEqual(["!2:quick"]);
	});

	it("stops at a refusal only with the message it is about, until its writer decides", async () => {
		w.answers.push(refusal("forbidden"));
		outbox.add({ userId: me, roomId: "!1", body: "no" });
		outbox.add({ userId: me, roomId: "!1", body: "yes" });
		await settle();
		expect(states()).toEqual(["failed", "stored"]);
		outbox.retry("t0");
		await settle();
		expect(w.sent).toEqual(["!1:yes", "!1:no"]);
	});

	it("waits as long as the server asks for, whatever else happens meanwhile", async () => {
		w.answers.push(refusal("too-many-requests", { retryAfterMs: 60_000 }));
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		await settle();
		outbox.flush();
		await settle();
		expect(w.sent).toEqual([]);
		expect(states()).toEqual(["queued"]);
	});

	it("survives a reload and sends again under the same id, so that the server sees one message", async () => {
		w.answers.push("hang");
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		await settle();
		close();
		const next = w.openWindow().outbox;
		await next.restore();
		next.open();
		await settle();
		expect(w.sent).toEqual(["!1:a"]);
		expect(next.items.get().map((entry) => entry.transactionId)).toEqual(["t0"]);
	});

	it("forgets a message that came back by sync before the answer did", async () => {
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		outbox.settle("1", new Set(["t0"]));
		await settle();
		expect(outbox.items.get()).toEqual([]);
		expect(w.disk.size).toBe(0);
	});

	describe("in two windows", () => {
		let other: ReturnType<ReturnType<typeof world>["openWindow"]>;

		beforeEach(() => {
			other = w.openWindow();
			other.outbox.open();
		});

		it("both show the same, and each message goes out once, in the order they were written", async () => {
			for (const [index, body] of ["a", "b", "c", "d"].entries()) {
				(index % 2 === 0 ? outbox : other.outbox).add({ userId: me, roomId: "!1", body });
			}
			await settle();
			expect(other.outbox.items.get().map((entry) => entry.transactionId)).toEqual(["t0", "t1", "t2", "t3"]);
			expect(w.sent).toEqual(["!1:a", "!1:b", "!1:c", "!1:d"]);
			expect(statesOf(other.outbox)).toEqual(states());
		});

		it("a window that closes while it sends hands over", async () => {
			w.answers.push("hang");
			outbox.add({ userId: me, roomId: "!1", body: "a" });
			outbox.add({ userId: me, roomId: "!1", body: "b" });
			await settle();
			expect(w.sent).toEqual([]);
			close();
			await settle();
			expect(w.sent).toEqual(["!1:a", "!1:b"]);
			expect(statesOf(other.outbox)).toEqual(["stored", "stored"]);
		});

		it("what nothing waits before goes out while the turn is still asked for; the next one waits for it", async () => {
			w.heldRooms.add("!1");
			for (const body of ["a", "b"]) outbox.add({ userId: me, roomId: "!1", body });
			await settle();
			other.outbox.add({ userId: me, roomId: "!1", body: "c" });
			await settle();
			expect(w.sent).toEqual(["!1:a"]);
			expect(statesOf(other.outbox)).toEqual(["stored", "queued", "queued"]);
		});

		it("what one gives up is gone in the other", async () => {
			w.answers.push(refusal("forbidden"));
			outbox.add({ userId: me, roomId: "!1", body: "a" });
			await settle();
			expect(statesOf(other.outbox)).toEqual(["failed"]);
			other.outbox.remove("t0");
			await settle();
			expect(states()).toEqual([]);
			expect(w.disk.size).toBe(0);
		});

		it("late news of what the stream has brought already changes nothing", async () => {
			outbox.add({ userId: me, roomId: "!1", body: "a" });
			await settle();
			const [entry] = other.outbox.items.get();
			other.outbox.settle("1", new Set());
			if (entry !== undefined) other.outbox.hear({ kind: "changed", entry });
			expect(other.outbox.items.get()).toEqual([]);
		});
	});
});
