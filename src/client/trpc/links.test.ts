import { createTRPCClient } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { failureOf } from "./errors.ts";
import { links } from "./links.ts";
import { closeSocket, isSocketOpen } from "./socket.ts";

/** Stands for the browser's socket: remembers what is sent over it. */
class RecordingSocket extends EventTarget {
	static readonly OPEN = 1;
	static readonly CONNECTING = 0;
	static readonly CLOSED = 3;
	static sent: string[] = [];
	static newest: RecordingSocket | undefined;
	readyState = 0;

	constructor() {
		super();
		RecordingSocket.newest = this;
		setTimeout(() => {
			this.readyState = 1;
			this.dispatchEvent(new Event("open"));
		});
	}

	send(message: string): void {
		RecordingSocket.sent.push(message);
	}

	receive(frame: object | string): void {
		const data = typeof frame === "string" ? frame : JSON.stringify(frame);
		this.dispatchEvent(new MessageEvent("message", { data }));
	}

	close(): void {
		this.readyState = 3;
		this.dispatchEvent(new Event("close"));
	}
}

describe("links", () => {
	beforeEach(() => {
		vi.stubGlobal("WebSocket", RecordingSocket);
		vi.stubGlobal("location", { protocol: "https:", host: "kith.example" });
	});

	afterEach(async () => {
		closeSocket();
		vi.unstubAllGlobals();
	});

	it("gives operations of two clients different numbers on the one socket", async () => {
		const clients = [0, 1].map(() => createTRPCClient<AppRouter>({ links: links() }));
		for (const client of clients) client.sync.subscribe.subscribe({}, {});
		const ids = await vi.waitUntil(() => {
			const found = RecordingSocket.sent.flatMap((frame) => [...frame.matchAll(/"id":(\d+)/g)].map(([, id]) => id));
			return found.length >= 2 ? found : undefined;
		});
		expect(new Set(ids).size).toBe(ids.length);
	});

	describe("what a person writes", () => {
		const message = { roomId: "!room:a", transactionId: "t1", body: "hello" };

		/** A client whose socket is open, and the message that it has begun to send. */
		const sending = async () => {
			const client = createTRPCClient<AppRouter>({ links: links() });
			client.sync.subscribe.subscribe({}, {});
			await vi.waitUntil(isSocketOpen);
			RecordingSocket.sent = [];
			const answer = client.messages.send.mutate(message);
			const frames = RecordingSocket.sent.map((frame) => JSON.parse(frame));
			const socket = RecordingSocket.newest;
			if (socket === undefined) throw new Error("no socket was opened");
			return { answer, frames, socket, id: frames[0]?.id as number };
		};

		it("is on the socket before anything else of the page runs", async () => {
			const { answer, frames, socket, id } = await sending();
			const params = { path: "messages.send", input: message };
			expect(frames).toEqual([{ id: expect.any(Number), method: "mutation", params }]);
			const receipt = { eventId: "$e", position: "7", originServerTs: 1 };
			socket.receive("PING");
			socket.receive({ id: id + 1, result: { data: { eventId: "$other" } } });
			socket.receive({ id, result: { type: "data", data: receipt } });
			expect(await answer).toEqual(receipt);
		});

		it("fails with the server's own refusal", async () => {
			const { answer, socket, id } = await sending();
			const data = { code: "FORBIDDEN", kith: { code: "forbidden" } };
			socket.receive({ id, error: { code: -32003, message: "forbidden", data } });
			expect(await answer.catch(failureOf)).toEqual({ code: "forbidden" });
		});

		it("fails as unanswered when the socket closes before the answer", async () => {
			const { answer, socket } = await sending();
			socket.close();
			expect(await answer.catch(failureOf)).toEqual({ code: "offline" });
		});
	});
});
