import { RequestType } from "@matrix-org/matrix-sdk-crypto-wasm";
import { describe, expect, it } from "vitest";
import type { KeyServer } from "./key-server.ts";
import { createOutgoingLoop, type EngineRequest } from "./outgoing-loop.ts";

const request = (id: string): EngineRequest =>
	({ id, type: RequestType.KeysQuery, body: JSON.stringify({ id }) }) as unknown as EngineRequest;

/** A machine that has these requests until each is marked as sent. */
const open = (ids: readonly string[], query: (id: string) => Promise<unknown>) => {
	const waiting = new Map(ids.map((id) => [id, request(id)]));
	const delays: number[] = [];
	let retry: (() => void) | undefined;
	const asked: string[] = [];
	const loop = createOutgoingLoop({
		machine: {
			outgoingRequests: async () => [...waiting.values()],
			markRequestAsSent: async (id) => {
				waiting.delete(id);
				if (id === "first") waiting.set("of first", request("of first"));
				return true;
			},
		},
		server: {
			query: (body) => {
				asked.push(String(body["id"]));
				return query(String(body["id"]));
			},
		} as KeyServer,
		later: (callback, delayMs) => {
			delays.push(delayMs);
			retry = callback;
			return () => {
				retry = undefined;
			};
		},
	});
	return { loop, asked, delays, waiting, retry: () => retry };
};

describe("the outgoing loop", () => {
	it("sends everything in order, and what comes of it", async () => {
		const { loop, asked } = open(["first", "second"], async () => ({}));
		expect(await loop.run()).toBe(true);
		expect(asked).toEqual(["first", "second", "of first"]);
	});

	it("sends the others where one fails, and tries that one again later and later", async () => {
		let isUp = false;
		const test = open(["a", "b"], async (id) => {
			if (id === "a" && !isUp) throw new Error("no");
		});
		expect(await test.loop.run()).toBe(false);
		expect(test.asked).toEqual(["a", "b"]);
		expect(await test.loop.run()).toBe(false);
		expect(test.delays).toEqual([1_000, 2_000]);
		isUp = true;
		test.retry()?.();
		expect(await test.loop.run()).toBe(true);
		expect(test.waiting.size).toBe(0);
		expect(test.retry()).toBeUndefined();
	});

	it("looks once more for whoever asks while it runs", async () => {
		let release: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		const { loop, asked } = open(["a"], () => held);
		const both = [loop.run(), loop.run()];
		release();
		expect(await Promise.all(both)).toEqual([true, true]);
		expect(asked).toEqual(["a"]);
	});

	it("waits at most a minute, and for nothing once it is stopped", async () => {
		const test = open(["a"], async () => {
			throw new Error("no");
		});
		for (let at = 0; at < 9; at += 1) await test.loop.run();
		expect(Math.max(...test.delays)).toBe(60_000);
		test.loop.stop();
		expect(test.retry()).toBeUndefined();
		expect(await test.loop.run()).toBe(false);
		expect(test.asked).toHaveLength(9);
	});

	it("asks for the people of a server that is away once a run, and keeps a claim that it did not answer", async () => {
		const marked: string[] = [];
		const stale = { id: "q", type: RequestType.KeysQuery, body: JSON.stringify({ device_keys: { "@a:away": [] } }) };
		let queries = 0;
		const loop = createOutgoingLoop({
			machine: {
				outgoingRequests: async () => [stale] as never,
				markRequestAsSent: async (id) => {
					marked.push(id);
					return true;
				},
			},
			server: {
				query: async () => {
					queries += 1;
					return { failures: queries === 1 ? { away: {} } : {} };
				},
				claim: async (body: { readonly isAway?: boolean }) => ({ failures: body.isAway === true ? { away: {} } : {} }),
			} as unknown as KeyServer,
			later: () => () => undefined,
		});
		expect(await loop.run()).toBe(true);
		expect(queries).toBe(1);
		const claim = (id: string, body: object) =>
			({ id, type: RequestType.KeysClaim, body: JSON.stringify(body) }) as unknown as EngineRequest;
		await loop.send(claim("lost", { isAway: true }));
		await loop.send(claim("found", {}));
		expect(marked).toEqual(["q", "found"]);
		expect([loop.isSilent("away"), loop.isSilent("here")]).toEqual([true, false]);
		await loop.run();
		expect(loop.isSilent("away")).toBe(false);
	});
});
