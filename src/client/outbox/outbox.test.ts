import { TRPCClientError } from "@trpc/client";
import { beforeEach, describe, expect, it } from "vitest";
import { Outbox, type SentReceipt } from "./outbox.ts";
import type { OutboxItem } from "./outbox-item.ts";

const me = "@me:a";

function refusal(code: string) {
	return TRPCClientError.from({ error: { code: -32000, message: code, data: { code: "X", kith: { code } } } });
}

/** A server in one variable: what it answers next, and what it has got. */
function world() {
	const stored = new Map<string, OutboxItem>();
	const sent: string[] = [];
	const answers: (Error | "hang")[] = [];
	const timers: (() => void)[] = [];
	let count = 0;
	const ports = () => ({
		storage: {
			load: async (userId: string) => [...stored.values()].filter((item) => item.userId === userId),
			save: async (item: OutboxItem) => void stored.set(item.transactionId, item),
			remove: async (id: string) => void stored.delete(id),
			clear: async () => stored.clear(),
		},
		transmit: async (item: OutboxItem): Promise<SentReceipt> => {
			const answer = answers.shift();
			if (answer === "hang") return new Promise<SentReceipt>(() => undefined);
			if (answer !== undefined) throw answer;
			sent.push(`${item.roomId}:${item.body}`);
			return { eventId: `$${item.transactionId}`, position: "1", originServerTs: 1 };
		},
		newId: () => `t${count++}`,
		now: () => count,
		later: (callback: () => void) => void timers.push(callback),
	});
	return { stored, sent, answers, timers, ports };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe("Outbox", () => {
	let w: ReturnType<typeof world>;
	let outbox: Outbox;
	const states = () => outbox.items.get().map((item) => item.state.kind);

	beforeEach(() => {
		w = world();
		outbox = new Outbox(w.ports());
	});

	it("sends a room's messages one after the other, in order", async () => {
		for (const body of ["a", "b", "c"]) outbox.add({ userId: me, roomId: "!1", body });
		await settle();
		expect(w.sent).toEqual(["!1:a", "!1:b", "!1:c"]);
		expect(states()).toEqual(["stored", "stored", "stored"]);
		expect(w.stored.size).toBe(0);
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

	it("waits and tries again when the server is only busy", async () => {
		w.answers.push(refusal("too-many-requests"));
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		await settle();
		expect(states()).toEqual(["queued"]);
	});

	it("survives a reload and sends again under the same id, so that the server sees one message", async () => {
		w.answers.push("hang");
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		await settle();
		const next = new Outbox(w.ports());
		await next.restore(me);
		await settle();
		expect(w.sent).toEqual(["!1:a"]);
		expect(next.items.get().map((item) => item.transactionId)).toEqual(["t0"]);
	});

	it("brings back only what its own person wrote", async () => {
		w.answers.push("hang");
		outbox.add({ userId: "@other:a", roomId: "!1", body: "theirs" });
		const next = new Outbox(w.ports());
		await next.restore(me);
		expect(next.items.get()).toEqual([]);
	});

	it("forgets a message that came back by sync before the answer did", async () => {
		outbox.add({ userId: me, roomId: "!1", body: "a" });
		outbox.remove("t0");
		await settle();
		expect(outbox.items.get()).toEqual([]);
		expect(w.stored.size).toBe(0);
	});
});
