import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { ServerName } from "../../../federation/identifiers/identifier-types.ts";
import { abortablePeers } from "./abortable-peers.ts";

const far = "far.example" as ServerName;
const request = { method: "GET", uri: "/" } as const;
const never = { request: () => new Promise<never>(() => undefined) };

describe("requests to other servers that end with a signal", () => {
	it("are answered at once when it comes, those under way and those after it", async () => {
		const ending = new AbortController();
		const peers = abortablePeers(never, ending.signal);
		const underWay = [peers.request(far, request), peers.request(far, request)];
		ending.abort();
		for (const asked of [...underWay, peers.request(far, request)]) {
			expect(await asked).toEqual({ kind: "unreachable", reason: "timeout", detail: "this server ends" });
		}
	});

	it("share one listener, which is gone with the signal: one made of others would be kept for good by it", async () => {
		const ending = new AbortController();
		const signal = AbortSignal.any([ending.signal, new AbortController().signal]);
		const peers = abortablePeers(never, signal);
		const underWay = Array.from({ length: 20 }, () => peers.request(far, request));
		expect(getEventListeners(signal, "abort")).toHaveLength(1);
		ending.abort();
		await Promise.all(underWay);
		expect(getEventListeners(signal, "abort")).toEqual([]);
	});
});
