import { createTRPCClient } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppRouter } from "../../server/trpc/app-router.ts";
import { links } from "./links.ts";
import { closeSocket } from "./socket.ts";

/** Stands for the browser's socket: remembers what is sent over it. */
class RecordingSocket extends EventTarget {
	static readonly OPEN = 1;
	static readonly CONNECTING = 0;
	static readonly CLOSED = 3;
	static sent: string[] = [];
	readyState = 0;

	constructor() {
		super();
		setTimeout(() => {
			this.readyState = 1;
			this.dispatchEvent(new Event("open"));
		});
	}

	send(message: string): void {
		RecordingSocket.sent.push(message);
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
});
